"""What /changes/ shows. The page in heard.cms calls `changes_context` and `change_context`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from engagement.board.counting import MANY, capped
from engagement.board.models import Decision, DecisionKind
from engagement.responses.models import Outcome, Response, ResponseQuerySet
from engagement.responses.quoting import Said, said
from engagement.responses.suppression import in_words
from engagement.themes.models import District, Theme
from heard.paging import stretch
from heard.spaces.models import Visibility

PAGE = 10
OUTCOME_WORDS = {
    Outcome.MADE: _("Change made"),
    Outcome.PLANNED: _("Change planned"),
    Outcome.NONE: _("No, because"),
}
OUTCOME_STATES = {Outcome.MADE: "changed", Outcome.PLANNED: "decided", Outcome.NONE: "no"}


@dataclass(frozen=True)
class Card:
    """One published answer as anyone may read it."""

    response: Response
    quotes: list[Said]

    @property
    def people(self) -> str:
        """How many spoke, as it was last released: "about 45 people"."""
        return in_words(self.response.people)

    @property
    def status_state(self) -> str:
        return OUTCOME_STATES[Outcome(self.response.outcome)]

    @property
    def status_words(self) -> str:
        return str(OUTCOME_WORDS[Outcome(self.response.outcome)])

    @property
    def decided(self) -> str:
        return decided_words(self.response.decision)

    @property
    def is_no(self) -> bool:
        return self.response.outcome == Outcome.NONE

    @property
    def board(self) -> str:
        """The board's name, unless nobody outside may know that it exists."""
        board = self.response.decision.insight.board
        return "" if board.visibility == Visibility.PRIVATE else board.title


@dataclass(frozen=True)
class Choice:
    """What a reader asked for. Nonsense in the address counts as nothing chosen."""

    theme: Theme | None
    district: District | None
    outcome: str

    def apply(self, responses: ResponseQuerySet) -> ResponseQuerySet:
        if self.theme:
            responses = responses.filter(themes=self.theme)
        if self.district:
            responses = responses.filter(districts=self.district)
        return responses.filter(outcome=self.outcome) if self.outcome else responses

    @property
    def address(self) -> str:
        chosen = {
            "theme": self.theme.slug if self.theme else "",
            "district": self.district.slug if self.district else "",
            "outcome": self.outcome,
        }
        return urlencode({name: value for name, value in chosen.items() if value})


def cards(responses: Iterable[Response]) -> list[Card]:
    """The answers in their order, each with the quotes that may be shown now."""
    rows = list(responses)
    quotes = said(rows)
    return [Card(response, quotes[response.pk]) for response in rows]


def to_read(responses: ResponseQuerySet) -> ResponseQuerySet:
    """With what a card shows, so that a page asks as often for many as for one."""
    return responses.select_related(
        "decision__insight__board", "decision__referred_to"
    ).prefetch_related("themes", "districts")


def changes_context(params: Mapping[str, str]) -> dict[str, Any]:
    """`/changes/`: the newest answers for the theme, place and outcome that were asked for."""
    themes, districts = list(Theme.objects.current()), list(District.objects.all())
    choice = Choice(
        theme=_named(themes, params.get("theme", "")),
        district=_named(districts, params.get("district", "")),
        outcome=params.get("outcome", "") if params.get("outcome") in Outcome.values else "",
    )
    found = choice.apply(Response.objects.all())
    page = stretch(to_read(found), before=params.get("before"), size=PAGE)
    older = f"{choice.address}&before={page.before}".lstrip("&") if page.before else ""
    return {
        "cards": cards(page.rows),
        "choice": choice,
        "themes": themes,
        "districts": districts,
        "outcomes": [(value.value, words) for value, words in OUTCOME_WORDS.items()],
        "found_words": _found(capped([found])[0], choice),
        "next_url": f"/changes/?{older}" if older else "",
    }


def change_context(pk: int) -> dict[str, Any]:
    """`/changes/<id>/`: one answer; Http404 when there is none."""
    response = get_object_or_404(to_read(Response.objects.all()), pk=pk)
    [card] = cards([response])
    return {"card": card, "response": response}


def decided_words(decision: Decision) -> str:
    """What the board decided, as it is told in public; a private space is not named."""
    space = decision.referred_to
    named = space.title if space and space.visibility != Visibility.PRIVATE else ""
    match decision.kind:
        case DecisionKind.ENDORSE:
            return gettext("Yes. The board backs this.")
        case DecisionKind.ASK if decision.partner:
            return gettext("To ask %(partner)s to act.") % {"partner": decision.partner}
        case DecisionKind.ASK:
            return gettext("To ask a partner to act.")
        case DecisionKind.REFER if named:
            return gettext("To ask %(space)s for advice.") % {"space": named}
        case DecisionKind.REFER:
            return gettext("To ask people who know it from their own lives for advice.")
        case DecisionKind.DECLINE:
            return gettext("No.")
    return gettext("To keep it on record, and look at it again with what else comes in.")


def _found(count: int, choice: Choice) -> str:
    words = ngettext("%(count)s answer", "%(count)s answers", count)
    facts = {"count": gettext("Over 1,000") if count >= MANY else f"{count:,}"}
    parts = [words % facts]
    if choice.theme:
        parts.append(
            gettext("about %(theme)s") % {"theme": choice.theme.short or choice.theme.title}
        )
    if choice.district:
        parts.append(gettext("in %(place)s") % {"place": choice.district.name})
    return gettext("%(answers)s, newest first") % {"answers": " ".join(parts)}


def _named(rows, slug: str):
    return next((row for row in rows if row.slug == slug), None)
