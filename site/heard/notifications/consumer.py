"""`WS /ws/live/?since=<cursor>`: what happened since, then what happens, each once and in order."""

import asyncio
import logging
from collections.abc import Awaitable
from urllib.parse import parse_qs

from channels.generic.websocket import AsyncWebsocketConsumer
from django.conf import settings

from heard.notifications.hub import RESTART, Hub, hub_here
from heard.notifications.rows import Row, cursor_in, row
from heard.notifications.sending import start
from heard.notifications.services import AUDIENCE_CHANGED, RESET, drawn, told_to
from heard.notifications.who import Badge

log = logging.getLogger(__name__)

BAD_CURSOR, SIGN_IN, TOO_SLOW, TOO_MUCH, TROUBLE = 4400, 4401, 4408, 1008, 1013
WORDS = 30  # frames a client may send in its life. Ours sends none.
PATIENCE = 10.0  # seconds for a hub that has only just started to reach the present


class LiveConsumer(AsyncWebsocketConsumer):
    """One socket. Its cursor says how far its client has come; nothing else is kept of it."""

    hub: Hub
    badge: Badge
    cursor = 0
    audiences: frozenset[str] = frozenset()
    is_live = False
    is_gone = False
    must_ask = True  # who this person is now has to be asked before another row goes out
    pulling: asyncio.Task | None = None
    ending: asyncio.Task | None = None
    heard_from = 0

    async def connect(self) -> None:
        # Accept, then close: a refused handshake is 1006 to a browser, which reads "come back".
        await self.accept()
        badge = self.scope.get("badge")
        if badge is None:
            return await self.close(SIGN_IN)
        given = parse_qs(self.scope["query_string"].decode("latin1"), keep_blank_values=True)
        try:
            since = cursor_in(given["since"][-1]) if "since" in given else None
        except ValueError:
            return await self.close(BAD_CURSOR)
        self.badge, self.hub = badge, hub_here()
        try:
            async with asyncio.timeout(PATIENCE):
                await self.hub.ready.wait()
            await self._stand_at(since)
        except Exception as error:
            log.warning("a socket could not begin (%s)", type(error).__name__)
            return await self.close(TROUBLE)
        self.hub.sockets.add(self)
        self._catch_up()

    async def _stand_at(self, since: int | None) -> None:
        """Begin at the cursor; one from a future that this database never had is set right."""
        position = self.hub.memory.position
        self.cursor = position if since is None else since
        if self.cursor > position and self.cursor > await self.hub.in_thread(drawn):
            self.cursor = position
            await self.base_send(row(position, "", RESET, "", "").message)

    async def receive(self, text_data=None, bytes_data=None) -> None:
        """There is nothing to say to us. A few words are ignored; who goes on is shown out."""
        self.heard_from += 1
        if self.heard_from == WORDS:
            await self._end(TOO_MUCH)

    async def disconnect(self, code) -> None:
        self._leave()
        for task in (self.pulling, self.ending):
            if task is not None:
                task.cancel()

    # --- Live: called by the hub, must not wait --------------------------------------------------

    def push(self, row: Row) -> None:
        """The next row. What the socket cannot take now, its own task goes on with."""
        if row.id <= self.cursor:
            return
        self.cursor = row.id
        try:
            rest = start(self.base_send(row.message))
        except Exception:  # the client left: the server says so next
            self._leave()
            return
        if rest is not None:
            self.hub.leave_live(self)
            self._catch_up(rest)

    def ask_again(self) -> None:
        """Not one row more until the database has said who this person is now."""
        self.must_ask = True
        self.hub.leave_live(self)
        self._catch_up()

    def hang_up(self, code: int = RESTART) -> None:
        """Close from outside, without waiting for it."""
        self.ending = asyncio.create_task(self._end(code))

    # --- Catching up: at this socket's own pace --------------------------------------------------

    def _catch_up(self, first: Awaitable[None] | None = None) -> None:
        if not self.is_gone and (self.pulling is None or self.pulling.done()):
            self.pulling = asyncio.create_task(self._pull(first))

    async def _pull(self, first: Awaitable[None] | None) -> None:
        try:
            if first is not None:
                await self._finish(first)
            while not (self.is_gone or self.is_live):
                if await self._knows_who():
                    await self._step()
        except TimeoutError:
            await self._end(TOO_SLOW)
        except Exception as error:
            log.warning("a socket was dropped (%s)", type(error).__name__)
            await self._end(TROUBLE)

    async def _step(self) -> None:
        """Send what lies between the cursor and the hub; live when nothing does."""
        rows, end = await self._missed()
        for missed in rows:
            if self.must_ask:
                return
            self.cursor = max(self.cursor, missed.id)
            if (rest := start(self.base_send(missed.message))) is not None:
                await self._finish(rest)
        if self.must_ask or self.is_gone:
            return
        self.cursor = max(self.cursor, end)
        if end == self.hub.memory.position:
            # In the same turn of the loop as the question, so that nothing falls between.
            self.hub.go_live(self)

    @staticmethod
    async def _finish(rest: Awaitable[None]) -> None:
        """Wait until the socket has room again. Raises TimeoutError when it takes too long."""
        async with asyncio.timeout(settings.LIVE_STALL):
            await rest

    async def _missed(self) -> tuple[list[Row], int]:
        """The rows after the cursor, from memory or a page from the table, and where they end."""
        memory = self.hub.memory
        end = memory.position
        if self.cursor >= memory.floor:
            rows = memory.since(self.cursor, self.audiences)
            return [row for row in rows if row.kind != AUDIENCE_CHANGED], end
        rows = await self.hub.in_thread(self._page, end)
        return rows, rows[-1].id if len(rows) == settings.LIVE_PAGE else end

    def _page(self, upto: int) -> list[Row]:
        return told_to(self.audiences, after=self.cursor, upto=upto, most=settings.LIVE_PAGE)

    async def _knows_who(self) -> bool:
        """Ask until nobody says "ask again" meanwhile. False, and closed, when the badge ended."""
        while self.must_ask:
            self.must_ask = False
            audiences = await self.hub.who.ask(self.badge)
            if audiences is None:
                await self._end(SIGN_IN)
                return False
            self.audiences = audiences
        return True

    # --- Leaving ---------------------------------------------------------------------------------

    def _leave(self) -> None:
        self.is_gone = True
        if hasattr(self, "hub"):
            self.hub.leave(self)

    async def _end(self, code: int) -> None:
        """Close. A reader that never wakes up is ended by the server's ping."""
        self._leave()
        try:
            await self.close(code)
        except Exception as error:  # it was gone already
            log.debug("a socket was gone before its close (%s)", type(error).__name__)
