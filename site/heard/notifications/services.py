"""Telling an audience, in the same transaction as the deed, and knowing where the stream stands."""

from django.db import connection, transaction

from heard.notifications.models import Notification

AUDIENCE_CHANGED = "audience.changed"  # never shown: makes the hub ask again who may hear


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
    return rows


def tell_audience_changed(person) -> None:
    """What this person may hear has changed: their open sockets ask again at this place in the stream."""
    tell(f"person:{person.pk}", kind=AUDIENCE_CHANGED)
