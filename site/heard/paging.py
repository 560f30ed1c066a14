"""Pages of a list by place, not by number: as fast on the millionth row as on the first."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from rest_framework.pagination import CursorPagination
from rest_framework.response import Response


class KeysetPagination(CursorPagination):
    """`{"results": [...], "next": address or null}`; `?limit=` up to 100."""

    page_size_query_param = "limit"
    max_page_size = 100
    ordering: str | tuple[str, ...] = "-id"

    def get_paginated_response(self, data) -> Response:
        return Response({"results": data, "next": self.get_next_link()})

    def get_paginated_response_schema(self, schema: dict) -> dict:
        return {
            "type": "object",
            "required": ["results", "next"],
            "properties": {
                "results": schema,
                "next": {"type": "string", "nullable": True, "format": "uri"},
            },
        }


@dataclass(frozen=True)
class Stretch:
    """One page of rows, newest first, and the id below which the next begins (None at the end)."""

    rows: list[Any]
    before: int | None


def stretch(queryset: QuerySet, *, before: str | int | None = None, size: int = 25) -> Stretch:
    """Rows with an id below `before` (nonsense counts as none), newest first, `size` of them."""
    if before is not None and str(before).isascii() and str(before).isdigit():
        queryset = queryset.filter(id__lt=min(int(before), 2**63 - 1))
    rows = list(queryset.order_by("-id")[: size + 1])
    more = len(rows) > size
    rows = rows[:size]
    return Stretch(rows=rows, before=rows[-1].id if more else None)
