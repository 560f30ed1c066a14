"""The form to publish an answer, with the sentences that may be quoted."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from engagement.board.models import Decision, DecisionKind
from engagement.experiences.models import Experience
from engagement.responses.models import Outcome
from engagement.responses.passages import sentences
from engagement.themes.models import District
from heard.forms import Choice, DatePartsField, Form, PlainText

OUTCOME_WORDS = [
    (Outcome.MADE, _("A change was made")),
    (Outcome.PLANNED, _("A change is planned")),
    (Outcome.NONE, _("No change, because")),
]


class PublishForm(Form):
    """What everyone will read. It starts from the insight and the decision."""

    small = True
    title = PlainText(
        label=_("What it comes to"), help_text=_("One plain sentence, as a heading."), limit=200
    )
    heard = PlainText(
        label=_("You said"),
        help_text=_("What people told the board, in a few sentences. How many is added for you."),
        rows=3,
        limit=2000,
    )
    outcome = forms.ChoiceField(
        label=_("What came of it"),
        choices=OUTCOME_WORDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what came of it.")},
    )
    reason = PlainText(label=_("Why"), rows=4, limit=2000)
    next_step = PlainText(label=_("What next"), rows=2, limit=1000, threshold=75)
    next_date = DatePartsField(label=_("When people will hear more"), required=False)
    districts = forms.MultipleChoiceField(
        label=_("Places it is about"),
        help_text=_("Beside a quote, a place is named only when at least five people spoke there."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    quotes = forms.MultipleChoiceField(
        label=_("Words to quote"),
        help_text=_("Only from people who said yes to being quoted. Sentences side by side join."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Some of these words may no longer be quoted.")},
    )

    def __init__(self, *args: Any, quotable: Sequence[Experience], **options: Any) -> None:
        super().__init__(*args, **options)
        self.quotable = {experience.reference: experience for experience in quotable}
        self.places = {district.slug: district for district in District.objects.all()}
        places = cast(forms.MultipleChoiceField, self.fields["districts"])
        places.choices = [(slug, district.name) for slug, district in self.places.items()]
        choices = [choice for experience in quotable for choice in _choices(experience)]
        cast(forms.MultipleChoiceField, self.fields["quotes"]).choices = choices
        if not choices:
            del self.fields["quotes"]

    def clean_next_date(self):
        day = self.cleaned_data["next_date"]
        if day and day <= timezone.localdate():
            raise forms.ValidationError(_("Choose a date that is still to come."))
        return day

    def answer(self) -> dict[str, Any]:
        """What `services.publish_response` takes, beside the decision and who publishes."""
        cleaned = dict(self.cleaned_data)
        chosen = [value.split(":") for value in cleaned.pop("quotes", ())]
        quotes = [(self.quotable[name], int(start), int(end)) for name, start, end in chosen]
        places = [self.places[slug] for slug in cleaned["districts"]]
        return {**cleaned, "districts": places, "quotes": quotes}


def starting_words(decision: Decision, places: Sequence[District]) -> dict[str, Any]:
    """What the form holds before anybody writes: the insight's and the decision's own words."""
    return {
        "title": decision.insight.title,
        "heard": decision.insight.summary,
        "reason": decision.reason,
        "next_step": decision.next_step,
        "outcome": Outcome.NONE if decision.kind == DecisionKind.DECLINE else Outcome.PLANNED,
        "districts": [place.slug for place in places],
    }


def _choices(experience: Experience) -> list[tuple[str, Choice]]:
    """One tick box for each sentence; the reference stands above the first."""
    text = experience.cleared_text
    return [
        (
            f"{experience.reference}:{passage.start}:{passage.end}",
            Choice(
                format_html('<bdi dir="auto">{}</bdi>', text[passage.start : passage.end]),
                divider=experience.reference if number == 0 else "",
            ),
        )
        for number, passage in enumerate(sentences(text))
    ]
