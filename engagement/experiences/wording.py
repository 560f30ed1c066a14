"""What people are asked to agree to, in the words of wording version 1.

A change of meaning here needs a higher `WORDING_VERSION` in models.py: each consent remembers the
version it was given under.
"""

from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from engagement.experiences.models import Purpose


@dataclass(frozen=True)
class Asking:
    """One consent: the question, what a yes means, and how it is named on later pages."""

    question: Promise
    points: list[Promise] = field(default_factory=list)
    no_means: Promise | None = None
    short: Promise | None = None
    stop: Promise | None = None


NO_IS_FINE = _("If you choose nothing, we take it as a no. A no is fine.")

ASKINGS: dict[str, Asking] = {
    Purpose.INSIGHT: Asking(
        question=_("May we use what you told us to understand what should change?"),
        points=[
            _("A moderator takes out what could point to you."),
            _("Then the people who can act on it read it, and count it with what others said."),
            _("They must answer with a reason. You will see their answer with your receipt."),
        ],
        no_means=_(
            "If you say no, a moderator still reads it and answers you. "
            "Nobody else will see it, and it is not counted."
        ),
        short=_("Use it to understand what should change"),
        stop=_("Take my words out: stop using them"),
    ),
    Purpose.QUOTE: Asking(
        question=_("May we quote your words, without your name?"),
        points=[
            _("We may show a sentence or two on our public pages."),
            _("A moderator checks first that the words do not point to you."),
        ],
        no_means=_("If you say no, your words are counted and never shown to the public."),
        short=_("Quote your words, without your name"),
        stop=_("Stop quoting me"),
    ),
    Purpose.SHARE: Asking(
        question=_("May we pass it to the service it is about?"),
        points=[
            _("For example to the council team, the clinic or the landlord that you wrote about."),
            _("They get the text after a moderator has taken out what could point to you."),
            _("They may still guess who you are, if they know what happened."),
        ],
        no_means=_("If you say no, that service will not get it from us."),
        short=_("Pass it to the service it is about"),
        stop=_("Stop passing it on to the service it is about"),
    ),
    Purpose.RESEARCH: Asking(
        question=_("May researchers we trust read it?"),
        points=[
            _("They study how to make life here fairer, for example at a university."),
            _("They get the text after a moderator has taken out what could point to you."),
        ],
        no_means=_("If you say no, no researcher gets it."),
        short=_("Let researchers read it"),
        stop=_("Stop using it in research"),
    ),
    Purpose.CONTACT: Asking(
        question=_("May we contact you?"),
        points=[
            _("We only write when there is news for you, and the message never says what about."),
            _("On the next page you can give an e-mail address."),
        ],
        no_means=_("If you say no, you can still see every answer with your receipt number."),
        short=_("Contact you when there is news"),
        stop=_("Stop contacting me, and delete my e-mail address"),
    ),
}
