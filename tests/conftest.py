"""What every test may ask for: the programme, the pages, and a few named people."""

import pytest
from django.conf import settings as configured

from tests import factories


def pytest_collection_modifyitems(config, items):
    """On SQLite, leaves out what holds only on PostgreSQL. Not skipped: there is nothing to do."""
    if "postgresql" in configured.DATABASES["default"]["ENGINE"]:
        return
    left_out = [item for item in items if item.get_closest_marker("postgresql")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("postgresql")]


@pytest.fixture(autouse=True)
def _plain_hashing(settings):
    """Sign-in is not what most tests are about, and real hashing costs a quarter of a second each time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def rosa(db):
    """Rosa shares. She also has an account, which she does not need for that."""
    return factories.UserFactory(email="rosa@heard.test", name="Rosa")


@pytest.fixture
def amir(db):
    """Amir moderates."""
    return factories.UserFactory(email="amir@heard.test", name="Amir", moderator=True)


@pytest.fixture
def sol(db):
    """Sol is a stranger: signed in, and a member of nothing."""
    return factories.UserFactory(email="sol@heard.test", name="Sol")


@pytest.fixture
def board(db):
    """A board that meets; routes may send matters to it."""
    return factories.BoardFactory(title="Programme Board")


@pytest.fixture
def bea(board):
    """Bea sits on the board."""
    return factories.UserFactory(email="bea@heard.test", name="Bea", member_of=board)


@pytest.fixture
def homes(db):
    """The theme about homes."""
    return factories.ThemeFactory(
        slug="homes-housing", number=5, title="Homes and housing", short="Homes"
    )
