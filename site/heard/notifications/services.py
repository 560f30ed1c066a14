"""Telling an audience, in the same transaction as the deed, and knowing where the stream stands."""

from django.db import connection, transaction

from heard.notifications import bells
from heard.notifications.models import Notification

AUDIENCE_CHANGED = "audience.changed"  # never shown: makes the hub ask again who may hear
CHANNEL = "heard"  # what hubs LISTEN to on PostgreSQL
SEQUENCE = f"{Notification._meta.db_table}_id_seq"


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
    """What this person may hear has changed: their open sockets ask again at this place in the stream."""
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
    """The cursor a page carries: everything up to it can be seen now, and the stream goes on after it.

    Ask BEFORE reading the page's rows. What happens in between is then told twice (and the page knows
    it already), where the other order would lose it.
    """
    return _number("select heard_settled()") if connection.vendor == "postgresql" else drawn()


def drawn() -> int:
    """The highest id that this database has given to any notification, settled or not."""
    if connection.vendor == "postgresql":
        return _number(
            f"select case when is_called then last_value else last_value - 1 end from {SEQUENCE}"  # noqa: S608
        )
    return _number(
        "select coalesce((select seq from sqlite_sequence where name = %s), 0)",
        [Notification._meta.db_table],
    )


def _number(sql: str, values: list[str] | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]
