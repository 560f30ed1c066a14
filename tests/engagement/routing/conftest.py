"""The board hears of homes, and Maud moderates beside Amir."""

import pytest

from tests.factories import RouteFactory, UserFactory


@pytest.fixture
def maud(db):
    """Maud moderates too."""
    return UserFactory(email="maud@heard.test", name="Maud", moderator=True)


@pytest.fixture
def homes_to_board(board, homes):
    """What is about homes goes to the board."""
    return RouteFactory(name="Homes to the board", theme=homes, board=board)
