"""A decision that stands, on words of which some may be quoted."""

import pytest

from engagement.board.services import decide, group_into_insight
from engagement.responses.services import publish_response
from tests.engagement.board.conftest import of
from tests.factories import DistrictFactory, UserFactory, passed_on

SAID = "No heat for two weeks. Nobody kept a record. We slept in coats."
UNWILLING = "Ask nobody to print this."


@pytest.fixture
def oldham(db):
    return DistrictFactory(slug="oldham")


@pytest.fixture
def willing(board, homes, oldham):
    """May be quoted."""
    consents = ["insight", "quote"]
    return passed_on(board, theme=homes, text=SAID, consents=consents, district=oldham)


@pytest.fixture
def unwilling(board, homes, oldham):
    """May be counted, and not quoted."""
    return passed_on(board, theme=homes, text=UNWILLING, district=oldham)


@pytest.fixture
def decision(board, bea, willing, unwilling):
    made = group_into_insight(
        board=board, matters=[willing, unwilling], by=bea, title="Nobody keeps a record"
    )
    return decide(insight=made, by=bea, kind="ask", partner="City council", reason="It is fair.")


@pytest.fixture
def manager(db):
    return UserFactory(roles=["manager"])


def answer(decision, by, **more):
    """Publish an answer, with what a test does not care about filled in."""
    words = {
        "title": "A record of every repair",
        "heard": "Repairs are lost.",
        "outcome": "planned",
    }
    words |= {"reason": "It is fair.", "next_step": "A rule in March."}
    return publish_response(**{"decision": decision, "by": by, **words, **more})


def passage(matter, words):
    """Where the words stand in what a matter says, as a quote."""
    experience = of(matter)
    start = experience.cleared_text.index(words)
    return experience, start, start + len(words)


def answered(board, theme, by, *, people=1, district=None, title="Answered", **more):
    """A whole thread up to its published answer, with so many people behind it."""
    shared = {"theme": theme, "district": district, "by": UserFactory(moderator=True)}
    matters = [passed_on(board, **shared) for _ in range(people)]
    made = group_into_insight(board=board, matters=matters, by=by, title=title)
    decided = decide(insight=made, by=by, kind="note", reason="Because.")
    return answer(decided, by, title=title, **more)
