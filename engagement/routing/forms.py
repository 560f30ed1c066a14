"""What a moderator fills in on the page of one experience: each deed has a form of its own."""

import re
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from engagement.experiences.models import Experience, Provenance, Tag
from engagement.routing import headings
from engagement.routing.reading import Reading
from engagement.themes.models import Action, Theme
from heard.forms import Choice, Form, PlainText, ThemeTicks
from heard.moderation import personal
from heard.moderation.house_rules import HOUSE_RULES

LONGEST = 10_000  # what was written is at most 5,000; markers may make it longer


def theme_choices(reading: Reading) -> list[tuple[str, Choice]]:
    """Themes to tick: the writer's own, then what was suggested with its because, then the others."""
    ticked, guessed = reading.tagged(Provenance.RESIDENT), reading.tagged(Provenance.MACHINE)
    choices = []
    for theme in reading.themes:
        tag = guessed.get(theme.pk)
        # Why it is suggested quotes the writer: not where the words are closed with a note.
        known = theme.pk in ticked or tag is not None
        choice = Choice(
            label=theme.short,
            theme=theme,
            note=_("(the writer ticked it)") if theme.pk in ticked else "",
            hint=_why(tag) if tag and not reading.note else "",
            suggested=known,
            folded=not known and theme.pk not in reading.confirmed,
        )
        place = (not known, theme.pk not in ticked, tag.rank if tag else 0, theme.number)
        choices.append((place, (theme.slug, choice)))
    return [choice for _place, choice in sorted(choices, key=lambda pair: pair[0])]


def _why(tag: Tag) -> str:
    """Why the machine suggests a theme, for somebody who is not the writer."""
    phrase = tag.because.get("phrase", "")
    if not phrase:
        return ""
    said = {"wrote": _("because they wrote “%(phrase)s”")}
    why = said.get(tag.because.get("kind"), _("because it sounds like “%(phrase)s”"))
    words = [why % {"phrase": phrase}]
    if not tag.because.get("confident", True):
        words.append(gettext("We are less sure of this one."))
    return ". ".join(str(part) for part in words)


def _actions_hint(reading: Reading) -> str:
    """How to write an action, and what was suggested, which nobody confirmed."""
    guessed = [
        f"{tag.action.theme.number}.{tag.action.number} {tag.action.title}"
        for tag in reading.tagged(Provenance.MACHINE).values()
        if tag.action is not None
    ]
    hint = gettext("Write their numbers, such as 5.2.")
    return f"{hint} {gettext('Perhaps:')} {'; '.join(guessed)}." if guessed else hint


class ThemesForm(Form):
    """Which themes, and which of the plan's actions, it is about."""

    small = True
    themes = forms.MultipleChoiceField(
        label=_("What is it about?"),
        widget=ThemeTicks,
        error_messages={"required": _("Tick at least one theme.")},
    )
    actions = PlainText(
        label=_("Actions of the plan, if any"), required=False, limit=100, private=False
    )

    def __init__(self, *args: Any, reading: Reading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reading = reading
        field = self.fields["themes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = theme_choices(reading)
        self.fields["actions"].help_text = _actions_hint(reading)

    def clean_themes(self) -> list[Theme]:
        """The themes themselves, in their order."""
        wanted = set(self.cleaned_data["themes"])
        return [theme for theme in self.reading.themes if theme.slug in wanted]

    def clean_actions(self) -> list[Action]:
        """The actions by their numbers, such as 5.2."""
        known = {
            f"{theme.number}.{action.number}": action
            for theme in self.reading.themes
            for action in theme.actions.all()
        }
        typed = [part for part in re.split(r"[\s,;]+", self.cleaned_data["actions"]) if part]
        if wrong := [part for part in typed if part not in known]:
            raise ValidationError(
                gettext("There is no action %(numbers)s in the plan. Write numbers such as 5.2.")
                % {"numbers": get_text_list(wrong, gettext("or"))}
            )
        return [known[part] for part in dict.fromkeys(typed)]


class ClearForm(ThemesForm):
    """The words as they will be read, the themes, and a heading and line for the board."""

    text = PlainText(
        label=_("What happened, as others will read it"),
        help_text=_(
            "Take out what points to a person. Change nothing else. The original is sealed."
        ),
        rows=10,
        limit=LONGEST,
        threshold=90,
        error_messages={"required": _("There are no words left to pass on.")},
    )
    better = PlainText(
        label=_("What would have made it better, as others will read it"),
        rows=4,
        limit=LONGEST,
        threshold=90,
        required=False,
    )
    title = PlainText(
        label=_("Heading for the board"),
        help_text=_("Leave it empty, and the first words of the cleared text are used."),
        limit=200,
        required=False,
    )
    summary = PlainText(label=_("One line for the board"), limit=500, required=False)
    offered = PlainText(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, reading: Reading, **kwargs: Any) -> None:
        super().__init__(*args, reading=reading, **kwargs)
        if not reading.experience.better:
            del self.fields["better"]
        for answer in reading.answers:
            self.fields[f"answer_{answer.pk}"] = PlainText(
                label=answer.question, rows=3, limit=LONGEST, threshold=90, required=False
            )

    @classmethod
    def start(cls, reading: Reading) -> dict[str, Any]:
        """What the page begins with: the writer's own words and ticks, and no heading yet."""
        answers = {f"answer_{answer.pk}": answer.text for answer in reading.answers}
        slugs = {theme.pk: theme.slug for theme in reading.themes}
        ticked = [slugs[pk] for pk in reading.tagged(Provenance.RESIDENT) if pk in slugs]
        words = {"text": reading.experience.text, "better": reading.experience.better}
        return {**words, **answers, "themes": ticked}

    @property
    def word_fields(self) -> list[forms.BoundField]:
        """The boxes that hold the writer's words."""
        return [self[name] for name in self.fields if is_words(name)]

    def deed(self) -> dict[str, Any]:
        """What clear_experience needs of what was filled in."""
        given = self.cleaned_data
        fresh = headings.offer(given["text"], otherwise=given["themes"][0].short)
        # A heading that was only offered follows the words: what was taken out since is not in it.
        kept = given["title"] and given["title"] != given["offered"]
        return {
            "themes": given["themes"],
            "actions": given["actions"],
            "text": given["text"],
            "better": given.get("better", ""),
            "answers": {answer.pk: given[f"answer_{answer.pk}"] for answer in self.reading.answers},
            "title": given["title"] if kept else fresh.title,
            "summary": given["summary"],
        }


class ReturnForm(Form):
    """Why it goes back to its writer."""

    small = True
    reason = PlainText(
        label=_("What we ask, in words for the writer"),
        rows=3,
        limit=2000,
        error_messages={
            "required": _("Write what you ask. It cannot be returned without a reason.")
        },
    )
    rule = forms.ChoiceField(
        label=_("House rule, if one was broken"),
        required=False,
        choices=[("", _("None")), *HOUSE_RULES.items()],
    )

    def message(self) -> str:
        """What the writer reads: the reason, and the rule's own words."""
        rule = HOUSE_RULES.get(self.cleaned_data["rule"])
        return "\n\n".join([self.cleaned_data["reason"], *([str(rule)] if rule else [])])


class HoldForm(Form):
    """Why it is set aside; for the team, not for the writer."""

    hold_reason = PlainText(
        label=_("Why, for the team"),
        rows=2,
        limit=1000,
        error_messages={"required": _("Write why it is held, so that others know.")},
    )


class AnswerForm(Form):
    """The answer to somebody whose words are not passed on."""

    answer = PlainText(
        label=_("Your answer to the writer"),
        rows=4,
        limit=3000,
        error_messages={"required": _("Write your answer.")},
    )


class LinkForm(Form):
    """Which one it says the same as."""

    small = True
    like = forms.ChoiceField(
        label=_("These say nearly the same"), widget=forms.RadioSelect, required=False
    )
    original = PlainText(
        label=_("Or write its reference"),
        help_text=_("Like HD-7K2M-Q9."),
        limit=20,
        required=False,
        private=False,
    )

    def __init__(self, *args: Any, reading: Reading, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["like"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (row.reference, Choice(row.reference, hint=headings.trim(row.cleared_text, 160)))
            for row in reading.alike
        ]
        if not reading.alike:
            del self.fields["like"]

    def clean(self) -> dict[str, Any]:
        """The experience it is linked to, in `first`."""
        given = super().clean() or {}
        typed = re.sub(r"[\s]+", "", given.get("original", "")).upper() or given.get("like", "")
        if not typed:
            raise ValidationError({"original": gettext("Choose one, or write its reference.")})
        first = Experience.objects.filter(reference=typed).first()
        if first is None:
            raise ValidationError({"original": gettext("There is none with this reference.")})
        return {**given, "first": first}


class OriginalForm(Form):
    """Why the sealed words are opened."""

    why = PlainText(
        label=_("Why do you need the sealed words?"),
        help_text=_("Your reason is kept with your name."),
        rows=2,
        limit=1000,
        error_messages={"required": _("Write why. The original opens only with a reason.")},
    )


class TakeOutForm(Form):
    """Words to take out of all boxes at once, such as a name."""

    small = True
    KINDS: ClassVar = [(kind, label) for kind, label in personal.KINDS.items()]
    words_out = PlainText(label=_("Take out these words"), limit=200, required=False)
    kind_out = forms.ChoiceField(
        label=_("They are"), choices=KINDS, required=False, initial=personal.NAME
    )


def is_words(name: str) -> bool:
    """Whether a box of the page holds the writer's words."""
    return name in {"text", "better"} or name.startswith("answer_")
