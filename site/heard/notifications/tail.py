"""Reading the table in the order of ids, never past one below which a transaction may be open."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import NamedTuple, Protocol

import psycopg
from channels.db import database_sync_to_async
from django.conf import settings
from django.db import connection, connections

from heard.notifications.models import Notification
from heard.notifications.rows import COLUMNS, Row, row
from heard.notifications.services import CHANNEL, DRAWN, drawn

PATIENCE = 5  # seconds for one read; then the connection counts as dead


class Batch(NamedTuple):
    """Rows in order, the position that they bring us to, and whether there may be more at once."""

    rows: list[Row]
    end: int
    more: bool


class Tail(Protocol):
    async def read(self, after: int) -> Batch: ...

    async def wait(self) -> None:
        """Until something was told, or for LIVE_POLL seconds: a wake-up may be lost."""

    async def standing(self) -> tuple[int, int]:
        """(the position up to which everything is settled, the highest id that was ever drawn)."""


def open_tail(bell: asyncio.Event):
    """The tail for this database, as a context."""
    return _postgresql() if connection.vendor == "postgresql" else _sqlite(bell)


class SQLiteTail:
    """One writer at a time and AUTOINCREMENT: the order of ids is the order of commits."""

    def __init__(self, bell: asyncio.Event, thread: ThreadPoolExecutor) -> None:
        self.bell, self.thread = bell, thread

    async def read(self, after: int) -> Batch:
        rows = await self._ask(_rows_after, after)
        return Batch(rows, rows[-1].id if rows else after, len(rows) == settings.LIVE_PAGE)

    async def wait(self) -> None:
        try:
            async with asyncio.timeout(settings.LIVE_POLL):
                await self.bell.wait()
        except TimeoutError:
            return
        # Before the read that follows: a bell that rings during it is heard at the next wait.
        self.bell.clear()

    async def standing(self) -> tuple[int, int]:
        now = await self._ask(drawn)
        return now, now

    async def _ask(self, question, *values):
        ask = database_sync_to_async(question, thread_sensitive=False, executor=self.thread)
        return await ask(*values)


class PostgreSQLTail:
    """A connection of its own that reads with heard_tail and hears NOTIFY; not through a pooler."""

    def __init__(self, connection: psycopg.AsyncConnection) -> None:
        self.connection = connection

    async def read(self, after: int) -> Batch:
        found = await self._ask("select * from heard_tail(%s, %s)", after, settings.LIVE_PAGE)
        more = len(found) == settings.LIVE_PAGE
        # heard_tail answers one row without an id when there is nothing: then only the end moves.
        rows = [row(*columns) for _, *columns in found if columns[0] is not None]
        return Batch(rows, rows[-1].id if more and rows else found[-1][0], more)

    async def wait(self) -> None:
        async for _ in self.connection.notifies(timeout=settings.LIVE_POLL, stop_after=1):
            pass

    async def standing(self) -> tuple[int, int]:
        return (await self._ask(f"select heard_settled(), ({DRAWN})"))[0]

    async def _ask(self, sql: str, *values: int) -> list[tuple]:
        async with asyncio.timeout(PATIENCE):
            return await (await self.connection.execute(sql, values)).fetchall()


@asynccontextmanager
async def _sqlite(bell: asyncio.Event) -> AsyncIterator[Tail]:
    # A thread of its own: a herd at the door, asking who it is, must not hold up the stream.
    thread = ThreadPoolExecutor(1, thread_name_prefix="heard-tail")
    try:
        yield SQLiteTail(bell, thread)
    finally:
        thread.submit(connections.close_all)
        thread.shutdown(wait=False)


@asynccontextmanager
async def _postgresql() -> AsyncIterator[Tail]:
    params = connection.get_connection_params()
    for django_only in ("cursor_factory", "context", "prepare_threshold"):
        params.pop(django_only, None)
    params |= {
        "autocommit": True,
        "prepare_threshold": 1,
        "application_name": "heard-hub",
        # A server that vanished without a word is noticed in seconds, not in a quarter of an hour.
        "connect_timeout": 3,
        "keepalives_idle": 5,
        "tcp_user_timeout": 5000,
    }
    async with asyncio.timeout(PATIENCE):
        own = await psycopg.AsyncConnection.connect(**params)
    try:
        await own.execute(f"listen {CHANNEL}")
        yield PostgreSQLTail(own)
    finally:
        await own.close()


def _rows_after(after: int) -> list[Row]:
    found = Notification.objects.after(after).values_list(*COLUMNS)[: settings.LIVE_PAGE]
    return [row(*columns) for columns in found]
