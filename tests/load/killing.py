"""Writers and hubs killed again and again, and a ledger for every listener: was anything lost or told twice?"""

import asyncio
import contextlib
import json
import random
import secrets
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import websockets
from channels.db import database_sync_to_async
from knox.models import AuthToken

from heard.notifications.services import position
from tests.factories import UserFactory
from tests.servers import Program, free_port, wait_for

in_thread = database_sync_to_async
BOARD, OTHERS = "role:manager", "role:editor"


@dataclass
class Listener:
    """A client that moves between the hubs, always from the last cursor it received."""

    token: str
    audiences: frozenset[str]
    cursor: int
    heard: list[int] = field(default_factory=list)
    twice: int = 0
    backwards: int = 0
    connections: int = 0
    closes: Counter = field(default_factory=Counter)

    async def follow(self, ports: list[int], stays: asyncio.Event, chance: random.Random) -> None:
        """Until cancelled. Leaves now and then of its own accord, unless it is time to stay."""
        while True:
            try:
                async with self._connection(chance.choice(ports)) as socket:
                    self.connections += 1
                    await self._listen(socket, chance.expovariate(1 / 3), stays)
            except websockets.ConnectionClosed as closed:
                self.closes[closed.rcvd.code if closed.rcvd else 1006] += 1
            except (OSError, TimeoutError, websockets.WebSocketException) as error:
                self.closes[type(error).__name__] += 1
            await asyncio.sleep(chance.random() * 0.2)

    def _connection(self, port: int):
        return websockets.connect(
            f"ws://127.0.0.1:{port}/ws/live/?since={self.cursor}",
            additional_headers={"Authorization": f"Token {self.token}"},
            compression=None,
            open_timeout=5,
            close_timeout=0.2,
        )

    async def _listen(self, socket, seconds: float, stays: asyncio.Event) -> None:
        leaves_at = time.monotonic() + seconds
        while stays.is_set() or time.monotonic() < leaves_at:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(0.5):
                    text = await socket.recv()
                self._take(json.loads(text)["cursor"])

    def _take(self, cursor: int) -> None:
        self.twice += cursor == self.cursor
        self.backwards += cursor < self.cursor
        self.heard.append(cursor)
        self.cursor = cursor


class Ground:
    """The processes of one run, and the acts of violence against them."""

    def __init__(self, environment: dict[str, str], folder: Path, writers: int, hubs: int) -> None:
        self.folder, self.environment = folder, environment
        self.ports = [free_port() for _ in range(hubs)]
        self.hubs = [self._program(f"hub-{port}", self._uvicorn(port)) for port in self.ports]
        self.writers = [self._program(f"writer-{n}", self._writer(n)) for n in range(writers)]
        self.kills: Counter = Counter()

    def _program(self, name: str, command: list[str]) -> Program:
        return Program(name, command, self.environment, self.folder / f"{name}.log")

    def _writer(self, n: int) -> list[str]:
        ledger = str(self.folder / f"ledger-{n}")
        return [sys.executable, "-m", "tests.load.writer", ledger, BOARD, OTHERS]

    @staticmethod
    def _uvicorn(port: int) -> list[str]:
        command = [sys.executable, "-m", "uvicorn", "heard.asgi:application", "--app-dir", "site"]
        command += ["--port", str(port), "--log-level", "error", "--no-access-log"]
        return [*command, "--ws", "heard.notifications.protocol:FrameProtocol"]

    def accepted(self) -> set[str]:
        ledgers = self.folder.glob("ledger-*")
        return {line for ledger in ledgers for line in ledger.read_text().split("\n")[:-1]}

    async def kill_a_writer(self, chance: random.Random) -> None:
        await asyncio.to_thread(chance.choice(self.writers).kill_and_start)
        self.kills["writers"] += 1

    async def kill_a_hub(self, chance: random.Random) -> None:
        """Returns when the hub serves again, so that there is life between the kills."""
        n = chance.randrange(len(self.hubs))
        await asyncio.to_thread(self.hubs[n].kill_and_start)
        self.kills["hubs"] += 1
        await self.serves(self.ports[n])

    async def serves(self, port: int) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.to_thread(wait_for, f"http://127.0.0.1:{port}/readyz", 30)

    async def cut_the_hubs_off(self) -> None:
        """Ends the connections on which hubs listen."""
        with contextlib.suppress(psycopg.Error):
            self.kills["listening connections"] += await asyncio.to_thread(self._cut)

    def _cut(self) -> int:
        sql = "select count(pg_terminate_backend(pid)) from pg_stat_activity where application_name = 'heard-hub'"
        with psycopg.connect(self.environment["DATABASE_URL"], connect_timeout=2) as cutting:
            return cutting.execute(sql).fetchone()[0]

    def stop(self) -> None:
        for program in [*self.writers, *self.hubs]:
            program.kill()


async def kill_run(
    environment: dict[str, str],
    folder: Path,
    *,
    seconds: float,
    writers: int = 4,
    hubs: int = 2,
    listeners: int = 20,
    database: Callable[[], None] | None = None,
    seed: int = 5,
) -> dict:
    """Figures of one run. `database` kills the whole database server and brings it back."""
    chance = random.Random(seed)
    crowd = await in_thread(gather)(listeners)
    start = crowd[0].cursor
    ground = Ground(environment, folder, writers, hubs)
    stays = asyncio.Event()
    for port in ground.ports:
        await ground.serves(port)
    tasks = [asyncio.create_task(one.follow(ground.ports, stays, chance)) for one in crowd]
    began = time.monotonic()
    try:
        await violence(ground, chance, began + seconds, database)
        for writer in ground.writers:
            writer.kill()
        stays.set()
        caught_up = await catch_up(
            crowd, await asyncio.to_thread(told, environment["DATABASE_URL"], start)
        )
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        ground.stop()
    rows = await asyncio.to_thread(told, environment["DATABASE_URL"], start)
    return {
        "seconds": round(time.monotonic() - began),
        **judge(crowd, rows, ground.accepted()),
        "kills": dict(ground.kills),
        "caught up after, s": caught_up,
    }


def gather(listeners: int) -> list[Listener]:
    """Listeners who all stand at the same place; every second one hears two audiences."""
    start = position()
    crowd = []
    for n in range(listeners):
        roles = ["manager", "editor"] if n % 2 else ["manager"]
        person = UserFactory(roles=roles, password=None, email=f"{secrets.token_hex(8)}@heard.test")
        token = AuthToken.objects.create(person)[1]
        crowd.append(Listener(token, frozenset({BOARD, OTHERS} if n % 2 else {BOARD}), start))
    return crowd


async def violence(ground: Ground, chance: random.Random, until: float, database) -> None:
    """Each kind in its own rhythm until the time is up."""
    acts = [
        (0.5, 2.0, lambda: ground.kill_a_hub(chance)),
        (0.7, 1.7, lambda: ground.kill_a_writer(chance)),
        (3.0, 4.0, ground.cut_the_hubs_off),
    ]
    if database:

        async def kill_the_database() -> None:
            await asyncio.to_thread(database)
            ground.kills["the whole database"] += 1

        acts.append((12.0, 20.0, kill_the_database))

    async def again_and_again(soonest: float, latest: float, act) -> None:
        await asyncio.sleep(chance.random() * latest)
        while time.monotonic() < until:
            await act()
            await asyncio.sleep(soonest + chance.random() * (latest - soonest))

    async with asyncio.TaskGroup() as rhythms:
        for act in acts:
            rhythms.create_task(again_and_again(*act))


def told(database: str, start: int) -> list[tuple[int, str, str]]:
    """(id, audience, key) of everything that was told, in order. By a connection of its own: those
    in Django's pool may have died with the server."""
    sql = (
        "select id, audience, object_id from notifications_notification "
        "where id > %s and audience in (%s, %s) order by id"
    )
    with psycopg.connect(database) as connection:
        return connection.execute(sql, [start, BOARD, OTHERS]).fetchall()


async def catch_up(
    crowd: list[Listener], rows: list[tuple[int, str, str]], patience: float = 30
) -> float:
    """Seconds until every listener has heard the last row that is for it."""
    began = time.monotonic()
    last = {
        one.audiences: max(id for id, audience, _ in rows if audience in one.audiences)
        for one in crowd
    }
    while time.monotonic() - began < patience:
        if all(one.cursor >= last[one.audiences] for one in crowd):
            break
        await asyncio.sleep(0.05)
    waited = time.monotonic() - began
    await asyncio.sleep(1)  # what comes twice may come late
    return round(waited, 2)


def judge(crowd: list[Listener], rows: list[tuple[int, str, str]], accepted: set[str]) -> dict:
    """What each listener heard beside what the table says it should have heard."""
    want = {
        one.audiences: [id for id, audience, _ in rows if audience in one.audiences]
        for one in crowd
    }
    closes = sum((one.closes for one in crowd), Counter())
    return {
        "notifications": len(rows),
        "deliveries": sum(len(one.heard) for one in crowd),
        "lost": sum(len(set(want[one.audiences]) - set(one.heard)) for one in crowd),
        "doubled": sum(len(one.heard) - len(set(one.heard)) for one in crowd),
        "backwards": sum(one.backwards for one in crowd),
        "never told": sum(len(set(one.heard) - set(want[one.audiences])) for one in crowd),
        "deeds accepted": len(accepted),
        "accepted and missing": len(accepted - {key for _, _, key in rows}),
        "listeners": len(crowd),
        "connections": sum(one.connections for one in crowd),
        "closes": {str(code): count for code, count in closes.most_common()},
    }
