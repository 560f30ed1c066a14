"""The board's two forms: put matters together, and decide."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from engagement.board.models import DecisionKind, Insight
from engagement.board.services import NewCommitment
from engagement.routing.models import Matter, ReferralQuerySet
from heard.forms import DatePartsField, Form, PlainText
from heard.spaces.models import Space

MOST_PICKED = 200
# As the board says them; the models keep the shorter names.
KIND_WORDS = [
    (DecisionKind.NOTE, _("Note it")),
    (DecisionKind.ENDORSE, _("Endorse it")),
    (DecisionKind.ASK, _("Ask a partner to act")),
    (DecisionKind.REFER, _("Refer it to a panel")),
    (DecisionKind.DECLINE, _("Say no")),
]


class GroupForm(Form):
    """Which of the desk's matters to put together, into a new insight or one that waits for its
    decision.
    """

    small = True
    referral = forms.MultipleChoiceField(
        label=_("Pick"),
        error_messages={
            "required": _("Pick at least one in the list. Tick the box beside it."),
            "invalid_choice": _("One you picked is no longer here. Look at the list again."),
        },
    )
    insight = forms.ChoiceField(label=_("Add to"), required=False)
    title = PlainText(
        label=_("The point they make"),
        help_text=_("For a new insight. In one plain sentence."),
        required=False,
        limit=200,
    )

    def __init__(self, *args: Any, referrals: ReferralQuerySet, insights, **options: Any) -> None:
        super().__init__(*args, **options)
        self.insights = {str(insight.pk): insight for insight in insights}
        titles = [(pk, insight.title) for pk, insight in self.insights.items()]
        insight = cast(forms.ChoiceField, self.fields["insight"])
        insight.choices = [("", _("A new insight")), *titles]
        for name in ("insight", "title"):  # they stand beside the list's form, not in it
            self.fields[name].widget.attrs["form"] = "group"
        self.matters = self._picked(referrals)
        picks = cast(forms.MultipleChoiceField, self.fields["referral"])
        picks.choices = [(str(pk), "") for pk in self.matters]

    def _picked(self, referrals: ReferralQuerySet) -> dict[int, Matter]:
        """{referral id: matter}, of those that were ticked and stand on this desk."""
        ticked = cast(MultiValueDict, self.data).getlist("referral")[:MOST_PICKED]
        wanted = [int(pk) for pk in ticked if pk.isascii() and pk.isdigit() and len(pk) < 19]
        found = referrals.filter(pk__in=wanted, matter__withdrawn=False).select_related("matter")
        return {referral.pk: referral.matter for referral in found}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("insight") and not cleaned.get("title") and "title" not in self.errors:
            self.add_error("title", _("Say what point they make, or choose an insight to add to."))
        return cleaned

    @property
    def chosen_insight(self) -> Insight | None:
        """The insight to add to, or None for a new one."""
        return self.insights.get(self.cleaned_data.get("insight", ""))


class DecideForm(Form):
    """What the board decides on an insight, and why."""

    small = True
    kind = forms.ChoiceField(
        label=_("The board will"),
        choices=KIND_WORDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the board will do.")},
    )
    partner = PlainText(
        label=_("Which partner"),
        help_text=_("When you ask one to act."),
        required=False,
        limit=200,
    )
    referred_to = forms.ChoiceField(
        label=_("Which panel or group"), help_text=_("When you refer it."), required=False
    )
    reason = PlainText(
        label=_("Because"),
        help_text=_("Everyone who spoke will read this. Plain words."),
        rows=4,
        limit=2000,
        error_messages={
            "required": _("Give a reason. A decision cannot be saved without one."),
            "invisible": _("Give a reason. A decision cannot be saved without one."),
        },
    )
    next_step = PlainText(
        label=_("What happens next"), required=False, rows=2, limit=1000, threshold=75
    )
    what = PlainText(label=_("What will be done"), required=False, rows=2, limit=1000, threshold=75)
    body = PlainText(label=_("Which organisation"), required=False, limit=200)
    post = PlainText(
        label=_("Who holds it"),
        help_text=_("The post, so that it stays when people leave."),
        required=False,
        limit=200,
    )
    due = DatePartsField(label=_("By when"), required=False)
    present = forms.IntegerField(
        label=_("Members who are here"),
        required=False,
        min_value=1,
        max_value=999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "invalid": _("Write how many members are here, as a number."),
            "min_value": _("At least one member must be here."),
            "max_value": _("Check the number: no board has so many members."),
        },
    )

    def __init__(self, *args: Any, insight: Insight, by, **options: Any) -> None:
        super().__init__(*args, **options)
        known = Space.objects.known_to(by).exclude(pk=insight.board_id).order_by("title")
        self.spaces = {str(space.pk): space for space in known}
        titles = [(pk, space.title) for pk, space in self.spaces.items()]
        spaces = cast(forms.ChoiceField, self.fields["referred_to"])
        spaces.choices = [("", _("Choose one")), *titles]
        self.fields["present"].help_text = _(
            "This board needs %(quorum)s for a decision to stand. With fewer it is provisional."
        ) % {"quorum": insight.board.quorum}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        kind = cleaned.get("kind")
        if kind == DecisionKind.ASK and not (cleaned.get("partner") or cleaned.get("body")):
            self.add_error("partner", _("Name the partner that the board asks."))
        if kind == DecisionKind.REFER and cleaned.get("referred_to") == "":
            self.add_error("referred_to", _("Choose the panel or group it is referred to."))
        self._check_promise(cleaned)
        return cleaned

    def _check_promise(self, cleaned: dict[str, Any]) -> None:
        """A promise needs all four of its parts, or none, and a day that has not gone by."""
        missing = {
            "what": _("Say what will be done."),
            "body": _("Name the organisation that promises it."),
            "post": _("Name the post that holds it."),
            "due": _("Write the date by which it will be done."),
        }
        if any(cleaned.get(name) for name in missing):
            for name, words in missing.items():
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, words)
        if (due := cleaned.get("due")) and due <= timezone.localdate():
            self.add_error("due", _("Choose a date that is still to come."))

    @property
    def promise_open(self) -> bool:
        """Whether the part about a promise has something in it, so that nothing wrong stays folded."""
        parts = ("what", "body", "post", "due")
        return any(self[name].errors or any(self[name].value() or []) for name in parts)

    def decision(self) -> dict[str, Any]:
        """What `services.decide` takes, beside the insight and who decides."""
        cleaned = self.cleaned_data
        promise = None
        if cleaned["what"]:
            promise = NewCommitment(
                what=cleaned["what"],
                body=cleaned["body"],
                post=cleaned["post"],
                due=cleaned["due"],
            )
        return {
            "kind": cleaned["kind"],
            "reason": cleaned["reason"],
            "next_step": cleaned["next_step"],
            "partner": cleaned["partner"] or cleaned["body"],
            "referred_to": self.spaces.get(cleaned["referred_to"]),
            "commitment": promise,
            "present": cleaned["present"] or 1,
        }
