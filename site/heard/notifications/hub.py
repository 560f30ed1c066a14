"""One hub for each event loop: reads the stream and hands rows to the sockets that may have them.

A socket is one number, its cursor. *Live*: the hub pushes. *Catching up*: the socket pulls, at its
own pace. Connecting, a slow reader and a changed membership are one step: back to catching up.
"""

import asyncio
import logging
import time
import weakref
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from typing import Any, Protocol

from channels.db import database_sync_to_async
from django.conf import settings

from heard.notifications import bells
from heard.notifications.memory import Memory
from heard.notifications.rows import Row
from heard.notifications.services import AUDIENCE_CHANGED
from heard.notifications.tail import Batch, Tail, open_tail
from heard.notifications.who import PORTION, Badge, Who, standing

log = logging.getLogger(__name__)

AT_ONCE = 100  # sockets written to before others get a turn of the loop
SHORTEST, LONGEST = 0.1, 2.0  # seconds between tries while the database is away
RESTART = 1012  # the close code that says: come back with your cursor
QUIET = 10.0  # seconds without a finished read before a hub counts as stuck


class Socket(Protocol):
    """What the hub needs of a consumer."""

    badge: Badge
    audiences: frozenset[str]
    is_live: bool

    def push(self, row: Row) -> None: ...
    def ask_again(self) -> None: ...
    def hang_up(self, code: int) -> None: ...


class Hub:
    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.memory = Memory(start=0, most=settings.LIVE_MEMORY)
        self.ready = asyncio.Event()  # the memory has reached the present
        self.bell = asyncio.Event()
        self.sockets: set[Socket] = set()
        self.live: dict[str, set[Socket]] = defaultdict(set)
        self.who = Who(self.in_thread)
        self.read_at = time.monotonic()
        self._threads = ThreadPoolExecutor(2, thread_name_prefix="heard-who")
        self._tasks: list[asyncio.Task] = []
        self._began = False

    # --- Starting and stopping -------------------------------------------------------------------

    def start(self) -> None:
        """Begin to read, and to look who may hear."""
        self._tasks = [asyncio.create_task(self._run()), asyncio.create_task(self._sweep())]
        bells.hang(self.ring)

    async def stop(self) -> None:
        """Stop reading and let go of the database. Sockets are the server's to close."""
        bells.take_down(self.ring)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._threads.shutdown(wait=False)
        _hubs.pop(self.loop, None)

    def ring(self) -> None:
        """Look now. From any thread; a hub whose loop is gone needs no ringing."""
        if not self.loop.is_closed():
            self.loop.call_soon_threadsafe(self.bell.set)

    @property
    def is_reading(self) -> bool:
        """Whether a read was finished lately, or this hub only just began."""
        return time.monotonic() - self.read_at < QUIET

    async def in_thread(self, question, *values) -> Any:
        """A plain function with a database connection, in one of this hub's own threads.

        Its own, because Django's one thread for such things also signs people in: a herd at the
        door must not hold up those who are inside.
        """
        ask = database_sync_to_async(question, thread_sensitive=False, executor=self._threads)
        return await ask(*values)

    # --- Reading ---------------------------------------------------------------------------------

    async def _run(self) -> None:
        """Read for ever. Whatever goes wrong: connect again and go on from the same position."""
        pause = SHORTEST
        while True:
            try:
                async with open_tail(self.bell) as tail:
                    await self._take_up(tail)
                    pause = SHORTEST
                    while True:
                        while await self._take(await tail.read(self.memory.position)):
                            pass
                        self.ready.set()
                        await tail.wait()
            except Exception as error:
                log.warning("the hub lost its database (%s)", type(error).__name__)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST)

    async def _take_up(self, tail: Tail) -> None:
        """Begin a memory's length back, or go on; start over when the database was restored."""
        settled, drawn = await tail.standing()
        if self._began and self.memory.position <= drawn:
            return
        if self._began:
            log.warning("the database knows less than was told: everyone comes back")
            self.ready.clear()
            for socket in list(self.sockets):
                socket.hang_up(RESTART)
        self._began = True
        start = max(0, settled - settings.LIVE_MEMORY)
        self.memory = Memory(start=start, most=settings.LIVE_MEMORY)

    async def _take(self, batch: Batch) -> bool:
        """Hand out rows in order; whether there may be more to read at once."""
        for row in batch.rows:
            self.memory.add(row)
            await self._hand_out(row)
        self.memory.reach(batch.end)
        self.read_at = time.monotonic()
        return batch.more

    async def _hand_out(self, row: Row) -> None:
        if row.kind == AUDIENCE_CHANGED:
            self._hold(row.audience)
            return
        listeners = iter(list(self.live.get(row.audience, ())))
        while some := list(islice(listeners, AT_ONCE)):
            for socket in some:
                if socket.is_live:
                    socket.push(row)
            await asyncio.sleep(0)  # lets what was written leave, and others in

    def _hold(self, audience: str) -> None:
        """At this row, before any later one: these sockets ask again who they are."""
        for socket in list(self.sockets):
            # One that is catching up may be asking at this very moment, with yesterday's answer.
            if not socket.is_live or audience in socket.audiences:
                socket.ask_again()

    # --- Sockets ---------------------------------------------------------------------------------

    def go_live(self, socket: Socket) -> None:
        """From now on rows are pushed to this socket."""
        socket.is_live = True
        for audience in socket.audiences:
            self.live[audience].add(socket)

    def leave_live(self, socket: Socket) -> None:
        """From now on this socket pulls. Safe to repeat."""
        socket.is_live = False
        for audience in socket.audiences:
            self.live[audience].discard(socket)
            if not self.live[audience]:
                del self.live[audience]

    def leave(self, socket: Socket) -> None:
        """This socket is gone."""
        self.leave_live(socket)
        self.sockets.discard(socket)

    async def _sweep(self) -> None:
        """Notice what nobody told: a change by hand, a term or a session that ended."""
        while True:
            await asyncio.sleep(settings.LIVE_SWEEP)
            try:
                badges = list({socket.badge for socket in self.sockets})
                for first in range(0, len(badges), PORTION):
                    await self._look_at(set(badges[first : first + PORTION]))
            except Exception as error:
                log.warning("a sweep was missed (%s)", type(error).__name__)

    async def _look_at(self, badges: set[Badge]) -> None:
        now = await self.in_thread(standing, badges)
        for socket in list(self.sockets):
            if socket.badge in badges and now.get(socket.badge) != socket.audiences:
                socket.ask_again()


_hubs: "weakref.WeakKeyDictionary[asyncio.AbstractEventLoop, Hub]" = weakref.WeakKeyDictionary()


def hub_here() -> Hub:
    """This event loop's hub, started by whoever asks first."""
    loop = asyncio.get_running_loop()
    hub = _hubs.get(loop)
    if hub is None:
        hub = _hubs[loop] = Hub()
        hub.start()
    return hub


def hubs() -> list[Hub]:
    """The hubs of this process: one where sockets are served, none where only pages are."""
    return list(_hubs.values())
