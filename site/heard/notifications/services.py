"""Telling an audience, in the same transaction as the deed, and knowing where the stream stands."""

from collections.abc import Iterable

from django.db import connection, transaction

from heard.notifications import bells
from heard.notifications.audiences import audiences_of
from heard.notifications.models import Notification
from heard.notifications.rows import COLUMNS, Row, row

AUDIENCE_CHANGED = "audience.changed"  # never shown: makes the hub ask again who may hear
RESET = "reset"  # to a client: your cursor is not of this database; load the page again
CHANNEL = "heard"  # what hubs LISTEN to on PostgreSQL
TABLE = Notification._meta.db_table
# PostgreSQL's own word for the last id it gave, whether or not its transaction is done.
DRAWN = f"select last_value - case when is_called then 0 else 1 end from {TABLE}_id_seq"  # noqa: S608


def tell(*audiences: str, kind: str, object_id: object = "", url: str = "") -> list[Notification]:
    """One row for each audience. Call it last in the deed, inside the deed's transaction.

    `kind`, `object_id` and `url` are names and addresses, never a resident's words.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("tell() belongs inside the deed's transaction")
    rows = Notification.objects.bulk_create(
        Notification(audience=audience, kind=kind, object_id=str(object_id), url=url)
        for audience in dict.fromkeys(audiences)
    )
    # A deed that tells three things wakes once. A savepoint that is undone takes its entry with it.
    if not any(entry[1] is wake for entry in connection.run_on_commit):
        # Robust: a failed wake-up must not fail a deed that is done.
        transaction.on_commit(wake, robust=True)
    return rows


def tell_audience_changed(person) -> None:
    """What this person may hear changed: their sockets ask again at this place in the stream."""
    tell(f"person:{person.pk}", kind=AUDIENCE_CHANGED)


def wake() -> None:
    """Hubs look now, not at their next turn. What wakes them may be lost; what they read may not.

    After the commit, as a statement of its own: inside, NOTIFY would hold one lock over the whole
    database server until the commit is on the disk.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("select pg_notify(%s, '')", [CHANNEL])
    else:
        bells.ring_all()


def position() -> int:
    """The cursor a page carries: all up to it can be seen now, and the stream goes on after it.

    Ask BEFORE reading the page's rows. What happens in between is then told although the page shows
    it already, where the other order would lose it.
    """
    return _number("select heard_settled()") if connection.vendor == "postgresql" else drawn()


def drawn() -> int:
    """The highest id that this database has given to any notification, settled or not."""
    if connection.vendor == "postgresql":
        return _number(DRAWN)
    return _number("select coalesce((select seq from sqlite_sequence where name = %s), 0)", [TABLE])


def told_to(audiences: Iterable[str], *, after: int, upto: int, most: int) -> list[Row]:
    """At most so many rows of these audiences, after < id <= upto, in order, fit to be shown."""
    rows = Notification.objects.for_audiences(audiences).after(after).filter(id__lte=upto)
    shown = rows.exclude(kind=AUDIENCE_CHANGED).values_list(*COLUMNS)
    return [row(*columns) for columns in shown[:most]]


def missed_by(person, *, since: int, most: int) -> list[Row]:
    """What this person should know after a cursor, in order: what their socket would have told."""
    # Before the rows: one that commits late must not be passed by.
    upto = position()
    if since > upto and since > drawn():
        return [row(upto, "", RESET, "", "")]
    return told_to(audiences_of([person.pk])[person.pk], after=since, upto=upto, most=most)


def _number(sql: str, values: list[str] | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]
