"""The questions about the person, as the census asks them where it does. Every one can be left out.

Immigration status is not among them, and never will be.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Choices = list[tuple[str, Promise]]
RATHER_NOT = ("rather-not", _("I would rather not say"))
OWN_WORDS = ("another", _("Another, or I use my own words"))
_YES_NO: Choices = [("yes", _("Yes")), ("no", _("No"))]

QUESTIONS: dict[str, tuple[Promise, Choices]] = {
    "age": (
        _("How old are you?"),
        [
            ("under-16", _("Under 16")),
            ("16-24", _("16 to 24")),
            ("25-34", _("25 to 34")),
            ("35-49", _("35 to 49")),
            ("50-64", _("50 to 64")),
            ("65-79", _("65 to 79")),
            ("80-over", _("80 or over")),
        ],
    ),
    "ethnicity": (
        _("What is your ethnic group?"),
        [
            ("arab", _("Arab")),
            ("bangladeshi", _("Asian: Bangladeshi")),
            ("chinese", _("Asian: Chinese")),
            ("indian", _("Asian: Indian")),
            ("pakistani", _("Asian: Pakistani")),
            ("asian-other", _("Asian: another background")),
            ("african", _("Black: African")),
            ("caribbean", _("Black: Caribbean")),
            ("black-other", _("Black: another background")),
            ("mixed", _("Mixed or several ethnic groups")),
            ("roma", _("Roma")),
            ("gypsy-traveller", _("Gypsy or Irish Traveller")),
            ("white-british", _("White: British")),
            ("white-irish", _("White: Irish")),
            ("white-other", _("White: another background")),
            OWN_WORDS,
        ],
    ),
    "disability": (
        _("Are you disabled, or do you have a long-term health condition?"),
        _YES_NO,
    ),
    "carer": (_("Do you look after somebody who could not manage without you?"), _YES_NO),
    "sex": (_("What is your sex?"), [("female", _("Female")), ("male", _("Male"))]),
    "gender": (
        _("Is your gender the same as the sex you were registered with at birth?"),
        _YES_NO,
    ),
    "orientation": (
        _("Which of these describes you?"),
        [
            ("straight", _("Straight")),
            ("gay-lesbian", _("Gay or lesbian")),
            ("bisexual", _("Bisexual")),
            OWN_WORDS,
        ],
    ),
    "religion": (
        _("What is your religion or belief?"),
        [
            ("none", _("None")),
            ("buddhist", _("Buddhist")),
            ("christian", _("Christian")),
            ("hindu", _("Hindu")),
            ("jewish", _("Jewish")),
            ("muslim", _("Muslim")),
            ("sikh", _("Sikh")),
            OWN_WORDS,
        ],
    ),
}
