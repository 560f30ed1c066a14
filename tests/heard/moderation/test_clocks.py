"""How long something may wait, and how that is said."""

from datetime import UTC, datetime, timedelta

import pytest

from heard.moderation.clocks import Clock, clock
from heard.moderation.models import Urgency

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("urgency", "waited", "expected"),
    [
        (Urgency.PLAIN, timedelta(0), Clock("wait", "3 days left")),
        (Urgency.PLAIN, timedelta(days=2), Clock("wait", "By tomorrow")),
        (Urgency.PLAIN, timedelta(days=2, hours=15), Clock("wait", "By today")),
        (Urgency.PLAIN, timedelta(days=2, hours=22), Clock("late", "2 hours left")),
        (Urgency.FLAGGED, timedelta(0), Clock("wait", "By tomorrow")),
        (Urgency.FLAGGED, timedelta(hours=26), Clock("late", "Late by 2 hours")),
        (Urgency.DANGER, timedelta(0), Clock("late", "1 hour left")),
        (Urgency.DANGER, timedelta(days=2, hours=2), Clock("late", "Late by 2 days")),
        (5, timedelta(0), Clock("wait", "3 days left")),
    ],
)
def test_the_time_left_is_said_as_people_say_it(urgency, waited, expected):
    assert clock(urgency, NOW - waited, NOW) == expected
