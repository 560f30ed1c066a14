"""What the desk shows: the queue's rows with what their rooms say of them, in a constant number of queries."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from heard.moderation import registry
from heard.moderation.clocks import CLOSE, TARGETS, Clock, clock
from heard.moderation.models import ModerationDecision, QueueItem, QueueItemQuerySet
from heard.moderation.registry import RowFacts
from heard.moderation.services import ALERT, ARRIVED, MODERATORS, SAFEGUARDING
from heard.notifications.models import Notification
from heard.widgets import Words

SIZE = 25
AT_ONCE = 100  # arrivals shown at one press
FILTERS: dict[str, Words] = {
    "all": _("To read"),
    "flagged": _("Flagged"),
    "mine": _("Claimed by me"),
    "held": _("Held"),
}


@dataclass(frozen=True)
class Row:
    """One line of the queue."""

    item: QueueItem
    label: Words
    facts: RowFacts
    clock: Clock


@dataclass(frozen=True)
class Stretch:
    """Some rows, and the item below which the next begin (None at the end)."""

    rows: list[Row]
    below: uuid.UUID | None


@dataclass(frozen=True)
class Counts:
    """How many wait in each filter, and how many are late or close to their time."""

    by_filter: dict[str, int]
    pressing: int


def shown(user, show: str) -> QueueItemQuerySet:
    """What this person's desk shows under one filter; an unknown filter is "all"."""
    items = QueueItem.objects.visible_to(user)
    if show == "held":
        return items.held()
    if show == "flagged":
        return items.waiting().flagged()
    return items.waiting().claimed(user) if show == "mine" else items.waiting()


def stretch(items: QueueItemQuerySet, *, below: str | None = None, size: int = SIZE) -> Stretch:
    """The rows after this item, the most urgent first and then the oldest; from the top if it has gone."""
    last = QueueItem.objects.filter(pk=as_id(below)).first() if below else None
    if last is not None:
        same = Q(urgency=last.urgency)
        later = Q(arrived__gt=last.arrived) | Q(arrived=last.arrived, pk__gt=last.pk)
        items = items.filter(Q(urgency__lt=last.urgency) | same & later)
    found = list(items.in_order().select_related("claimed_by")[: size + 1])
    more = len(found) > size
    found = found[:size]
    return Stretch(rows=rows_of(found), below=found[-1].pk if more else None)


def arrived_after(user, cursor: str) -> list[Row]:
    """What joined this person's queue after a place in the stream, in the queue's order."""
    if not (cursor.isascii() and cursor.isdigit()):
        return []
    news = Notification.objects.for_audiences([MODERATORS, SAFEGUARDING])
    after = news.after(min(int(cursor), 2**63 - 1)).filter(kind__in=[ARRIVED, ALERT])
    wanted = {as_id(item) for item in after.values_list("object_id", flat=True)[:AT_ONCE]}
    items = shown(user, "all").filter(pk__in=wanted).in_order()
    return rows_of(items.select_related("claimed_by"))


def one(user, show: str, item_id: str) -> list[Row]:
    """One row as it is now, if it still shows under this filter."""
    items = shown(user, show).filter(pk=as_id(item_id))
    return rows_of(items.select_related("claimed_by"))


def rows_of(items: Iterable[QueueItem]) -> list[Row]:
    """The rows of these items, asking each kind once. What its room no longer has is left out."""
    items = list(items)
    by_kind: dict[str, list[str]] = defaultdict(list)
    for item in items:
        by_kind[item.kind].append(item.object_id)
    kinds = {name: kind for name in by_kind if (kind := registry.known(name))}
    facts = {name: kind.rows(by_kind[name]) for name, kind in kinds.items()}
    now = timezone.now()
    return [
        Row(
            item=item,
            label=kinds[item.kind].label,
            facts=facts[item.kind][item.object_id],
            clock=clock(item.urgency, item.arrived, now),
        )
        for item in items
        if item.object_id in facts.get(item.kind, {})
    ]


def counts(user) -> Counts:
    """How many wait under each filter, in one query over what waits."""
    now = timezone.now()
    close = Q()
    for level, target in TARGETS.items():
        close |= Q(urgency__gte=level, arrived__lte=now + CLOSE - target)
    waiting = Q(held=False)
    which = {
        "all": waiting,
        "flagged": waiting & Q(urgency__gt=0),
        "mine": waiting & Q(claimed_by=user),
        "held": ~waiting,
    }
    numbers = {f"in_{name}": Count("pk", filter=rows) for name, rows in which.items()}
    found = QueueItem.objects.visible_to(user).aggregate(
        **numbers, pressing=Count("pk", filter=waiting & close)
    )
    by_filter = {name: found[f"in_{name}"] for name in which}
    return Counts(by_filter=by_filter, pressing=found["pressing"])


def read_today(user) -> int:
    """How many this moderator dealt with today."""
    start = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return ModerationDecision.objects.filter(by=user, made__gte=start).count()


def as_id(typed: object) -> uuid.UUID:
    """The id, or one that nothing has."""
    try:
        return uuid.UUID(str(typed))
    except ValueError:
        return uuid.UUID(int=0)


def tabs(numbers: Counts, show: str) -> Sequence[dict[str, object]]:
    """The filters as links, with how many each holds."""
    return [
        {"url": f"/moderation/?show={name}", "label": label, "count": numbers.by_filter[name],
         "current": name == show}
        for name, label in FILTERS.items()
    ]  # fmt: skip
