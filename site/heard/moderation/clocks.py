"""How long something may wait for a moderator, and how that is said. Pure: the time now is given."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heard.moderation.models import Urgency

TARGETS = {
    Urgency.PLAIN: timedelta(days=3),
    Urgency.FLAGGED: timedelta(days=1),
    Urgency.DANGER: timedelta(hours=1),
}
CLOSE = timedelta(hours=4)  # this near its time, a row says so


@dataclass(frozen=True)
class Clock:
    """What a row says of its time: `state` draws it (late or wait), `words` say it."""

    state: str
    words: str


def due(urgency: int, arrived: datetime) -> datetime:
    """By when someone should have looked."""
    reached = [target for level, target in TARGETS.items() if urgency >= level]
    return arrived + min(reached)


def clock(urgency: int, arrived: datetime, now: datetime) -> Clock:
    """The time that is left, in words: hours when it is close or late, else today or how many days."""
    until = due(urgency, arrived)
    left = until - now
    if left < timedelta(0):
        return Clock("late", _late(-left))
    if left <= CLOSE:
        hours = max(1, round(left / timedelta(hours=1)))
        words = ngettext("%(count)s hour left", "%(count)s hours left", hours)
        return Clock("late", words % {"count": hours})
    return Clock("wait", _days(until, now))


def _late(by: timedelta) -> str:
    if by.days:
        words = ngettext("Late by %(count)s day", "Late by %(count)s days", by.days)
        return words % {"count": by.days}
    hours = max(1, round(by / timedelta(hours=1)))
    words = ngettext("Late by %(count)s hour", "Late by %(count)s hours", hours)
    return words % {"count": hours}


def _days(until: datetime, now: datetime) -> str:
    days = (timezone.localdate(until) - timezone.localdate(now)).days
    if days == 0:
        return _("By today")
    if days == 1:
        return _("By tomorrow")
    return ngettext("%(count)s day left", "%(count)s days left", days) % {"count": days}
