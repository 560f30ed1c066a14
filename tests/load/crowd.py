"""Many listeners in one process, who say when the last of them has heard. Needs Django set up."""

import asyncio
import json
import secrets
import time
from pathlib import Path

import aiohttp
from knox.models import AuthToken

from tests.factories import UserFactory


def address() -> str:
    """An e-mail address that no earlier run on the same database has used."""
    return f"{secrets.token_hex(8)}@heard.test"


def people(how_many: int, **traits) -> list[str]:
    """Tokens of so many people, with the factory's traits."""
    # No passwords: hashing a thousand of them takes minutes.
    made = [UserFactory(password=None, email=address(), **traits) for _ in range(how_many)]
    return [AuthToken.objects.create(person)[1] for person in made]


class Crowd:
    """Sockets to one server. Enter it to connect them."""

    def __init__(self, port: int, tokens: list[str]) -> None:
        self.port, self.tokens = port, tokens
        self.heard: dict[str, int] = {}
        self.all_heard: asyncio.Future[float] | None = None

    async def __aenter__(self) -> "Crowd":
        self.client = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        began = time.monotonic()
        self.listening: list[asyncio.Task] = []
        for start in range(0, len(self.tokens), 50):
            some = self.tokens[start : start + 50]
            self.listening += await asyncio.gather(*[self._connect(token) for token in some])
        self.connecting = time.monotonic() - began
        await asyncio.sleep(1)  # until all have caught up
        return self

    async def __aexit__(self, *error) -> None:
        for task in self.listening:
            task.cancel()
        await asyncio.gather(*self.listening, return_exceptions=True)
        await self.client.close()

    async def _connect(self, token: str) -> asyncio.Task:
        socket = await self.client.ws_connect(
            f"ws://127.0.0.1:{self.port}/ws/live/", headers={"Authorization": f"Token {token}"}
        )
        return asyncio.create_task(self._listen(socket))

    async def _listen(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for said in socket:
            if said.type != aiohttp.WSMsgType.TEXT:
                continue
            message = json.loads(said.data)
            if message["kind"] != "referral.created":
                continue
            key = message["id"]
            self.heard[key] = self.heard.get(key, 0) + 1
            if self.heard[key] == len(self.tokens) and self.all_heard:
                self.all_heard.set_result(time.perf_counter())

    def next(self) -> "asyncio.Future[float]":
        """When the last listener heard of what is told next, as perf_counter has it. One at a time."""
        self.all_heard = asyncio.get_running_loop().create_future()
        return self.all_heard


def processor_time(process: int) -> float:
    """Seconds of processor that a process and its children have used so far."""
    used = 0
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and (int(folder.name) == process or _parent(folder) == process):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            used += int(fields[11]) + int(fields[12])
    return used / 100


def _parent(folder: Path) -> int:
    try:
        return int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0
