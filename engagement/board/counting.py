"""Counting that stays fast on any number of rows: up to a cap, several counts in one statement."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet

MANY = 1001  # rows: shown as "over 1,000"


def capped(querysets: Sequence[QuerySet], *, cap: int = MANY) -> list[int]:
    """How many rows each queryset has, none counted further than `cap`. One statement for all of
    them.
    """
    return _scalars("COUNT(*)", [rows.order_by().values("pk")[:cap] for rows in querysets])


def capped_sums(querysets: Sequence[QuerySet], field: str, *, cap: int) -> list[int]:
    """The sum of a field over each queryset's first `cap` rows. One statement for all of them."""
    column = connection.ops.quote_name(field)
    return _scalars(
        f"COALESCE(SUM({column}), 0)", [rows.order_by().values(field)[:cap] for rows in querysets]
    )


def _scalars(measure: str, slices: list[QuerySet]) -> list[int]:
    """Each slice is the ORM's own statement with its parameters; only the frame around them is
    written here.
    """
    if not slices:
        return []
    parts: list[str] = []
    values: list[Any] = []
    for number, rows in enumerate(slices):
        statement, parameters = rows.query.sql_with_params()
        parts.append(f"(SELECT {measure} FROM ({statement}) AS part{number})")  # noqa: S608 - no input
        values += parameters
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts), values)
        return [int(count) for count in cursor.fetchone()]
