"""One real thread for home: what somebody said, and what became of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from engagement.responses.pages import Card


@dataclass(frozen=True)
class Knot:
    """One step of the thread, as `components/node.html` draws it."""

    state: str
    title: str
    words: str


def one_thread(cards: Iterable[Card]) -> dict | None:
    """The first of these answers that quotes somebody, as four steps; None where none does."""
    for card in cards:
        voices = voices_in([card])
        if voices:
            answer = card.response
            steps = [
                Knot("said", gettext("You said"), f"“{voices[0]}”"),
                Knot("heard", gettext("We heard"), answer.heard),
                Knot("decided", gettext("The board decided"), card.decided),
                Knot(card.status_state, gettext("What happens next"), answer.next_step),
            ]
            return {"url": answer.get_absolute_url(), "steps": steps}
    return None


def voices_in(cards: Iterable[Card]) -> list[str]:
    """The words quoted in these answers, without those that were taken back."""
    return [said.words for card in cards for said in card.quotes if not said.taken_back]
