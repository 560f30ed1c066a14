"""The last rows of the stream, so that a herd that comes back after a restart needs no table."""

from collections import deque
from collections.abc import Iterator

from heard.notifications.rows import Row


class Memory:
    """Every row with floor < id <= position, in order. Rows before that are in the table."""

    def __init__(self, *, start: int, most: int) -> None:
        self.floor = self.position = start
        self._rows: deque[Row] = deque(maxlen=most)

    def add(self, row: Row) -> None:
        """The next row of the stream. When the memory is full, the oldest row makes room."""
        if len(self._rows) == self._rows.maxlen:
            self.floor = self._rows[0].id
        self._rows.append(row)
        self.position = row.id

    def reach(self, position: int) -> None:
        """Nothing more comes up to here: the ids between were rolled back."""
        self.position = max(self.position, position)

    def since(self, cursor: int, audiences: frozenset[str]) -> list[Row]:
        """These audiences' rows after a cursor that is not below the floor, in order."""
        return [row for row in self._after(cursor) if row.audience in audiences][::-1]

    def _after(self, cursor: int) -> Iterator[Row]:
        # From the end: whoever comes back has missed little.
        for row in reversed(self._rows):
            if row.id <= cursor:
                return
            yield row
