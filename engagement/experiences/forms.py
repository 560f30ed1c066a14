"""The questions of the sharing journey and of a receipt. Every one but the first can be left out."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from engagement.experiences import equality
from engagement.experiences.models import About, CallQuestion, Purpose
from engagement.experiences.wording import ASKINGS, NO_IS_FINE
from engagement.themes.models import Characteristic, District, Theme
from heard.forms import Choice, Form, PlainText, ThemeTicks

UNSURE = "unsure"
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
# Immigration status is never asked, so communities that would say it are not offered.
NEVER_ASKED = ("asylum-seeker-refugee", "migrant-status")


class StepForm(Form):
    """One page of the journey. What was answered before stands in it; `changes` is what to keep."""

    page_heading: ClassVar[str | bool] = True
    # Being empty is no reason to lose the rest: somebody who saves and rests may leave it so.
    MAY_WAIT: ClassVar[set[str]] = {"required", "invisible"}

    def __init__(self, data: Any = None, *, answers: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(answers))

    @property
    def can_be_kept(self) -> bool:
        """Whether what was typed can be kept as it is, finished or not."""
        if self.is_valid():
            return True
        codes = {error.code for errors in self.errors.as_data().values() for error in errors}
        return codes <= self.MAY_WAIT

    @property
    def changes(self) -> dict[str, Any]:
        """The answers of this page, to be kept."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class WhatHappenedForm(StepForm):
    text = PlainText(
        label=_("What happened?"),
        help_text=_(
            "Tell it your way, in any language. A few words are fine, and so are many. "
            "Spelling does not matter."
        ),
        rows=9,
        limit=settings.EXPERIENCE_MAX_LENGTH,
        strip=False,
        error_messages={"required": _("Write a few words about what happened.")},
    )


class WhoForm(StepForm):
    about = forms.ChoiceField(
        label=_("Who is it about?"),
        choices=About.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("You can leave this out."),
    )


class BetterForm(StepForm):
    better = PlainText(
        label=_("What would have made it better?"),
        help_text=_("It can be small. You can leave this out."),
        rows=6,
        limit=settings.EXPERIENCE_MAX_LENGTH,
        strip=False,
        required=False,
    )


class QuestionForm(StepForm):
    """One question of a call."""

    def __init__(self, data: Any = None, *, answers: Mapping[str, Any], question: CallQuestion):
        super().__init__(data, answers=answers)
        self.fields[f"question_{question.pk}"] = PlainText(
            label=question.question,
            help_text=question.hint or _("You can leave this out."),
            rows=6,
            limit=settings.EXPERIENCE_MAX_LENGTH,
            strip=False,
            required=False,
        )


class WhereForm(StepForm):
    page_heading: ClassVar[str | bool] = False

    district = forms.ChoiceField(label=_("Which area was it in?"), required=False)
    community = forms.ChoiceField(
        label=_("Is it about a community you are part of?"), required=False
    )

    def __init__(self, data: Any = None, *, answers: Mapping[str, Any]) -> None:
        super().__init__(data, answers=answers)
        nothing: list[tuple[str, Any]] = [("", _("I would rather not say"))]
        districts = list(District.objects.values_list("slug", "name"))
        communities = Characteristic.objects.exclude(slug__in=NEVER_ASKED)
        for name, choices in (
            ("district", districts),
            ("community", list(communities.values_list("slug", "name"))),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = nothing + choices


class ThemesForm(StepForm):
    themes = forms.MultipleChoiceField(
        label=_("What is it about?"),
        required=False,
        widget=ThemeTicks,
        help_text=_(
            "We read your words and made a guess. You know best: keep what fits, untick what does "
            "not. A person checks this too."
        ),
    )

    def __init__(self, data: Any = None, *, answers: Mapping[str, Any], suggestions=()) -> None:
        super().__init__(data, answers=answers)
        suggested = {suggestion.slug: suggestion for suggestion in suggestions}
        themes = list(Theme.objects.current())
        first = sorted(
            (theme for theme in themes if theme.slug in suggested),
            key=lambda theme: list(suggested).index(theme.slug),
        )
        choices = [(theme.slug, _offered(theme, suggested[theme.slug])) for theme in first]
        choices += [
            (theme.slug, Choice(theme.short, theme=theme, folded=bool(first)))
            for theme in themes
            if theme.slug not in suggested
        ]
        choices.append((UNSURE, Choice(_("I am not sure. You decide."), exclusive=True)))
        field = self.fields["themes"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = choices
        if not suggested:
            field.help_text = _("Tick what fits. A person checks this too.")
        if "themes" not in answers:
            self.initial["themes"] = [slug for slug, one in suggested.items() if one.confident]


class ConsentForm(StepForm):
    """One consent, on its own: never answered for the person, and a no costs them nothing."""

    def __init__(self, data: Any = None, *, answers: Mapping[str, Any], purpose: str) -> None:
        super().__init__(data, answers=answers)
        self.asking = ASKINGS[purpose]
        self.fields[f"consent_{purpose}"] = forms.ChoiceField(
            label=str(self.asking.question),
            choices=YES_NO,
            required=False,
            widget=forms.RadioSelect,
            help_text=NO_IS_FINE,
        )


class ReachForm(StepForm):
    email = forms.EmailField(
        label=_("Where can we write to you?"),
        required=False,
        help_text=_("You can leave this out and use your receipt instead."),
        error_messages={"invalid": _("Write the whole e-mail address, like name@example.com.")},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )


class AboutYouForm(StepForm):
    page_heading: ClassVar[str | bool] = False

    def __init__(self, data: Any = None, *, answers: Mapping[str, Any]) -> None:
        super().__init__(data, answers=answers)
        for name, (question, choices) in equality.QUESTIONS.items():
            self.fields[f"equality_{name}"] = forms.ChoiceField(
                label=str(question),
                choices=[("", _("Not answered")), equality.RATHER_NOT, *choices],
                required=False,
            )


class ReceiptForm(Form):
    """The one box of /receipt/. What is wrong with a number is never said: all failures are alike."""

    page_heading: ClassVar[str | bool] = False

    receipt = PlainText(
        label=_("Your receipt number"),
        help_text=_("20 digits. Spaces and dashes do not matter."),
        required=False,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "inputmode": "numeric",
                "spellcheck": "false",
                "class": "govuk-input--extra-letter-spacing",
                "dir": "ltr",
            }
        ),
    )


class ReplyForm(Form):
    message = PlainText(
        label=_("Write to the moderator"),
        rows=4,
        limit=settings.EXPERIENCE_MAX_LENGTH,
        strip=False,
        error_messages={"required": _("Write your message. This is empty.")},
    )


class WithdrawForm(Form):
    """What to take back: one purpose, the words, or everything."""

    page_heading: ClassVar[str | bool] = True
    EVERYTHING = "everything"

    what = forms.ChoiceField(
        label=_("What do you want to take back?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you want to take back.")},
    )

    def __init__(self, data: Any = None, *, standing: frozenset[str]) -> None:
        super().__init__(data)
        order = (*[purpose for purpose in ASKINGS if purpose != Purpose.INSIGHT], Purpose.INSIGHT)
        choices: list[tuple[str, Any]] = [
            (purpose, Choice(ASKINGS[purpose].stop or ""))
            for purpose in order
            if purpose in standing
        ]
        hint = _("Your words, our messages and your e-mail address are deleted.")
        choices.append((self.EVERYTHING, Choice(_("Erase everything"), hint=hint)))
        field = self.fields["what"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


def _offered(theme: Theme, suggestion) -> Choice:
    """A suggested theme with its because: the writer's own words, or a phrase of the theme's."""
    because = suggestion.because
    if because.kind == "wrote":
        return Choice(
            theme.short,
            theme=theme,
            suggested=True,
            because=(because.phrase,),
            unsure=not suggestion.confident,
        )
    # Marks that keep a phrase in another script in its place within the sentence.
    hint = _("because it sounds like “%(phrase)s”") % {"phrase": f"\u2068{because.phrase}\u2069"}
    return Choice(theme.short, theme=theme, suggested=True, hint=hint)
