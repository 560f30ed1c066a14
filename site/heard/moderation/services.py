"""The queue's deeds: to join it, take from it, hold, and settle. Start reading here.

Of two moderators on one item one wins, and the other is told who. Each deed is one transaction with
the events that tell the open desks; the room that owns the thing calls these inside its own.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, Q

from heard.accounts.audiences import role_audience
from heard.accounts.models import Role
from heard.moderation.models import ModerationDecision, QueueItem, Urgency, Verdict
from heard.notifications.models import Notification
from heard.notifications.services import tell

ARRIVED = "moderation.arrived"
CHANGED = "moderation.changed"
ALERT = "safeguarding.alert"
MODERATORS = role_audience(Role.MODERATOR)
SAFEGUARDING = role_audience(Role.SAFEGUARDING)


class Refused(Exception):
    """Somebody else was first. `by` is who, or None when nobody can be named."""

    def __init__(self, by=None) -> None:
        super().__init__("somebody else was first")
        self.by = by


class AlreadyClaimed(Refused):
    """Another moderator has claimed it; `by` is who."""


class AlreadySettled(Refused):
    """It no longer waits; `decision` is what became of it, and `by` who did that."""

    def __init__(self, decision: ModerationDecision | None = None) -> None:
        super().__init__(decision.by if decision else None)
        self.decision = decision


class Changed(Refused):
    """It changed since the page was opened: the writer added to it, or a flag was raised."""


@transaction.atomic
def enqueue(
    *, kind: str, object_id: object, flags: Iterable[str] = (), urgency: int = Urgency.PLAIN
) -> QueueItem:
    """The thing waits for a moderator, once however often this is called; later flags are added.

    Call it last in the deed: it tells the moderators, and the safeguarding lead when someone may
    be in danger.
    """
    # The race: two reports of one thing at once. The unique place makes the second find the first.
    item, made = QueueItem.objects.select_for_update().get_or_create(
        kind=kind,
        object_id=str(object_id),
        defaults={"flags": sorted(set(flags)), "urgency": urgency},
    )
    if not made:
        return _raise(item, flags=flags, urgency=urgency)
    _tell_of_arrival(item, MODERATORS, kind=ARRIVED)
    if item.is_dangerous:
        _tell_of_arrival(item, SAFEGUARDING, kind=ALERT)
    return item


@transaction.atomic
def raise_urgency(
    *, kind: str, object_id: object, flags: Iterable[str] = (), urgency: int = Urgency.FLAGGED
) -> QueueItem | None:
    """Flags are added and the urgency rises, never falls. None when it no longer waits."""
    items = QueueItem.objects.select_for_update().filter(kind=kind, object_id=str(object_id))
    item = items.first()
    return _raise(item, flags=flags, urgency=urgency) if item else None


@transaction.atomic
def claim(*, item: QueueItem, by, instead_of=None) -> QueueItem:
    """The item is this moderator's to work on. Claiming what is already yours changes nothing.

    Raises AlreadyClaimed, or AlreadySettled when it has gone. `instead_of` names whom you take it
    over from, so that nobody takes over from a person they did not see.
    """
    free = Q(claimed_by=None) | Q(claimed_by=by)
    if instead_of is not None:
        free |= Q(claimed_by=instead_of)
    # The race: two moderators press "Take it" at once. One update matches the version.
    won = QueueItem.objects.filter(free, pk=item.pk, version=item.version).update(
        claimed_by=by, version=F("version") + 1
    )
    fresh = QueueItem.objects.select_related("claimed_by").filter(pk=item.pk).first()
    if fresh is None:
        raise AlreadySettled(last_decision(item.kind, item.object_id))
    if won:
        _tell_of_change(fresh)
        return fresh
    if fresh.claimed_by_id == by.pk:
        return fresh
    if fresh.claimed_by_id not in {None, getattr(instead_of, "pk", None)}:
        raise AlreadyClaimed(fresh.claimed_by)
    return claim(item=fresh, by=by, instead_of=instead_of)  # only a flag had moved: try once more


@transaction.atomic
def let_go(*, item: QueueItem, by) -> None:
    """The item is free again, if it was this moderator's."""
    # The race: it was taken over meanwhile. Only one's own claim is let go.
    if QueueItem.objects.filter(pk=item.pk, claimed_by=by).update(
        claimed_by=None, version=F("version") + 1
    ):
        _tell_of_change(item)


def settle(
    *,
    kind: str,
    object_id: object,
    by,
    verdict: str,
    reason: str = "",
    rule: str = "",
    version: int | None = None,
    item: QueueItem | None = None,
) -> ModerationDecision:
    """The thing is dealt with: it leaves the queue, and what was decided is kept.

    Call it inside the deed's transaction, late: it tells. `item` is what lock() gave, if it was
    called. Nobody need claim it first. Raises AlreadySettled when it no longer waits,
    AlreadyClaimed when it is another moderator's, Changed when it is not that `version`.
    """
    item = item or _waiting(kind=kind, object_id=object_id, by=by, version=version)
    QueueItem.objects.filter(pk=item.pk).delete()
    # Nothing keeps the exact minute at which a person's words arrived once they are dealt with.
    if item.notices:
        Notification.objects.filter(pk__in=item.notices).delete()
    decision = record(
        kind=kind, object_id=object_id, by=by, verdict=verdict, reason=reason, rule=rule
    )
    _tell_of_change(item, url="")
    return decision


def hold(
    *,
    kind: str,
    object_id: object,
    by,
    reason: str,
    rule: str = "",
    version: int | None = None,
    item: QueueItem | None = None,
) -> ModerationDecision:
    """The thing stays in the queue, set aside with its reason. Called and raises as settle is."""
    item = item or _waiting(kind=kind, object_id=object_id, by=by, version=version)
    return _set_held(item, held=True, by=by, reason=reason, rule=rule)


def release(
    *,
    kind: str,
    object_id: object,
    by,
    reason: str = "",
    version: int | None = None,
    item: QueueItem | None = None,
) -> ModerationDecision:
    """What was set aside waits in turn again. Called and raises as settle is."""
    item = item or _waiting(kind=kind, object_id=object_id, by=by, version=version)
    return _set_held(item, held=False, by=by, reason=reason)


def lock(*, kind: str, object_id: object, by, version: int | None = None) -> QueueItem | None:
    """The item that waits, locked until the deed's transaction ends; None when it waits no longer.

    Raises AlreadyClaimed when it is another moderator's, Changed when it is not that version.
    """
    # The race: two moderators settle one item. The row's lock lets one through; the other finds it
    # gone (PostgreSQL waits here, SQLite's transaction waited already) and is told who was first.
    item = (
        QueueItem.objects.select_for_update(of=("self",))
        .select_related("claimed_by")
        .filter(kind=kind, object_id=str(object_id))
        .first()
    )
    if item is None:
        return None
    if item.claimed_by_id not in {None, by.pk}:
        raise AlreadyClaimed(item.claimed_by)
    if version is not None and version != item.version:
        raise Changed
    return item


def record(
    *, kind: str, object_id: object, by, verdict: str, reason: str = "", rule: str = ""
) -> ModerationDecision:
    """Keep what a moderator did, why and when. Such rows are only ever added."""
    return ModerationDecision.objects.create(
        kind=kind, object_id=str(object_id), by=by, verdict=verdict, reason=reason, rule=rule
    )


def last_decision(kind: str, object_id: object) -> ModerationDecision | None:
    """The latest thing that was decided about it."""
    return ModerationDecision.objects.about(kind, object_id).select_related("by").first()


def _waiting(*, kind: str, object_id: object, by, version: int | None) -> QueueItem:
    item = lock(kind=kind, object_id=object_id, by=by, version=version)
    if item is None:
        raise AlreadySettled(last_decision(kind, object_id))
    return item


def _set_held(
    item: QueueItem, *, held: bool, by, reason: str, rule: str = ""
) -> ModerationDecision:
    QueueItem.objects.filter(pk=item.pk).update(
        held=held, claimed_by=None, version=F("version") + 1
    )
    verdict = Verdict.HELD if held else Verdict.RELEASED
    decision = record(
        kind=item.kind, object_id=item.object_id, by=by, verdict=verdict, reason=reason, rule=rule
    )
    _tell_of_change(item)
    return decision


def _raise(item: QueueItem, *, flags: Iterable[str], urgency: int) -> QueueItem:
    was_dangerous = item.is_dangerous
    item.flags = sorted({*item.flags, *flags})
    item.urgency = max(item.urgency, urgency)
    item.version += 1
    item.save(update_fields=["flags", "urgency", "version"])
    _tell_of_change(item)
    if item.is_dangerous and not was_dangerous:
        _tell_of_arrival(item, SAFEGUARDING, kind=ALERT)
    return item


def _tell_of_change(item: QueueItem, url: str | None = None) -> None:
    desks = (MODERATORS, SAFEGUARDING) if item.is_dangerous else (MODERATORS,)
    tell(*desks, kind=CHANGED, object_id=item.pk, url=item.url if url is None else url)


def _tell_of_arrival(item: QueueItem, audience: str, *, kind: str) -> None:
    rows = tell(audience, kind=kind, object_id=item.pk, url=item.url)
    item.notices = [*item.notices, *(row.pk for row in rows)]
    item.save(update_fields=["notices"])
