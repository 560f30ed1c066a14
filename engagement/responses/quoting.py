"""Whose words may be quoted, read at the moment they are shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from engagement.board.models import Insight
from engagement.experiences.models import Experience, Purpose, State
from engagement.experiences.services import consents_of
from engagement.responses.models import Quote, Response
from engagement.routing.kinds import contributors_of

MOST_OFFERED = 30  # people whose sentences are offered in one form


@dataclass(frozen=True)
class Said:
    """A passage as a page may show it: the words, or no words when the writer took them back."""

    words: str

    @property
    def taken_back(self) -> bool:
        return not self.words


def quotable(insight: Insight) -> list[Experience]:
    """Those behind what stands in the insight who agree to be quoted, and have cleared words."""
    behind = contributors_of(list(insight.standing()))
    agreed = consents_of(behind)
    willing = [one for one in behind if one.cleared_text and Purpose.QUOTE in agreed[one.pk]]
    return willing[:MOST_OFFERED]


def said(responses: Sequence[Response]) -> dict[int, list[Said]]:
    """{response id: its passages as they may be shown now}. Two queries for all of them."""
    quotes = list(Quote.objects.filter(response__in=responses).select_related("experience"))
    agreed = consents_of({quote.experience_id: quote.experience for quote in quotes}.values())
    return {
        response.pk: _passages(
            [quote for quote in quotes if quote.response_id == response.pk], agreed
        )
        for response in responses
    }


def _passages(quotes: Iterable[Quote], agreed: dict[Any, frozenset[str]]) -> list[Said]:
    return [Said(_words(quote, agreed[quote.experience_id])) for quote in quotes]


def _words(quote: Quote, agreed: frozenset[str]) -> str:
    experience = quote.experience
    if quote.taken_back or experience.state == State.WITHDRAWN or Purpose.QUOTE not in agreed:
        return ""
    return experience.cleared_text[quote.start : quote.end].strip()
