"""The board has things on its desk. What was raw in them is not what was cleared."""

import pytest

from engagement.board import services
from engagement.experiences.models import Experience
from heard.spaces.models import MemberRole
from tests.factories import DistrictFactory, UserFactory, passed_on

RAW = "The damp is back. Ring Parveen on 07700 900123."
CLEARED = "The damp is back. Ring [name removed] on [phone number removed]."
CANARIES = ("Parveen", "07700 900123")


@pytest.fixture
def oldham(db):
    return DistrictFactory(slug="oldham")


@pytest.fixture
def damp(board, homes, oldham):
    """Somebody's words about damp, cleared and on the board's desk."""
    return passed_on(board, theme=homes, text=RAW, cleared=CLEARED, district=oldham)


@pytest.fixture
def boiler(board, homes, oldham):
    """Somebody else's, who may be quoted."""
    return passed_on(
        board,
        theme=homes,
        text="No heat for two weeks. Nobody kept a record.",
        consents=["insight", "quote", "contact"],
        district=oldham,
    )


@pytest.fixture
def insight(board, bea, damp, boiler):
    """Both, put together by Bea."""
    return services.group_into_insight(
        board=board, matters=[damp, boiler], by=bea, title="Nobody keeps a record of repairs"
    )


@pytest.fixture
def observer(board):
    return UserFactory(member_of=board, member_of__role=MemberRole.OBSERVER)


@pytest.fixture
def convenor(board):
    return UserFactory(member_of=board, member_of__role=MemberRole.CONVENOR)


@pytest.fixture
def manager(db):
    return UserFactory(roles=["manager"])


def of(matter):
    """The experience behind a matter."""
    return Experience.objects.get(reference=matter.reference)


def kinds(matter):
    """The kinds of step on the receipt of who is behind a matter, in order."""
    return list(of(matter).steps.values_list("kind", flat=True))
