"""A kind of thing that can be moderated, known to these tests alone, and Maud beside Amir."""

import pytest

from heard.moderation import registry
from heard.moderation.registry import RowFacts
from tests.factories import UserFactory


@pytest.fixture
def maud(db):
    """Maud moderates too."""
    return UserFactory(email="maud@heard.test", name="Maud", moderator=True)


@pytest.fixture
def notes():
    """A kind "note": its words are what its object id says; one called "hard" has a content note."""

    def rows(ids):
        return {
            one: RowFacts(
                title=f"Note {one}",
                reference=one,
                lines=("Oldham",),
                excerpt=f"words of {one}",
                note="hard things" if one == "hard" else "",
            )
            for one in ids
            if one != "gone"
        }

    registry.register("note", "Note", rows=rows, url=lambda one: f"/notes/{one}/")
    yield "note"
    registry.forget("note")
