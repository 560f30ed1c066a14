"""Many listeners in one process, who say when the last of them has heard. Needs Django set up."""

import asyncio
import secrets
import time
from collections import Counter
from pathlib import Path

from knox.models import AuthToken

from tests.factories import UserFactory

TEXT, PING, PONG = 0x1, 0x9, 0x8A
CREATED = b'"referral.created"'
AT_ONCE = 100  # that connect at the same time


def address() -> str:
    """An e-mail address that no earlier run on the same database has used."""
    return f"{secrets.token_hex(8)}@heard.test"


def people(how_many: int, **traits) -> list[str]:
    """Tokens of so many people, with the factory's traits."""
    # No passwords: hashing a thousand of them takes minutes.
    made = [UserFactory(password=None, email=address(), **traits) for _ in range(how_many)]
    return [AuthToken.objects.create(person)[1] for person in made]


class Ear(asyncio.Protocol):
    """One listener, as light as can be: a heavy client would hide how fast the server is."""

    def __init__(self, crowd: "Crowd", token: str) -> None:
        self.crowd, self.token = crowd, token
        self.open = asyncio.get_running_loop().create_future()
        self.unread = b""

    def connection_made(self, transport) -> None:
        self.transport = transport
        lines = [
            "GET /ws/live/ HTTP/1.1",
            f"Host: 127.0.0.1:{self.crowd.port}",
            f"Authorization: Token {self.token}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
            "Sec-WebSocket-Version: 13",
        ]
        transport.write("\r\n".join([*lines, "", ""]).encode())

    def data_received(self, data: bytes) -> None:
        self.unread += data
        if not self.open.done():
            head, end, self.unread = self.unread.partition(b"\r\n\r\n")
            if not end:
                self.unread = head
                return
            self.open.set_result(None)
            if b" 101 " not in head:
                raise ConnectionError(head.decode("latin1"))
        while len(self.unread) >= 2:
            length, start = self.unread[1] & 127, 2
            if length == 126:
                length, start = int.from_bytes(self.unread[2:4], "big"), 4
            if len(self.unread) < start + length:
                return
            opcode, payload = self.unread[0] & 15, self.unread[start : start + length]
            self.unread = self.unread[start + length :]
            if opcode == TEXT:
                self.crowd.hear(payload)
            elif opcode == PING:
                self.transport.write(bytes((PONG, 0x80 | length)) + bytes(4) + payload)


class Crowd:
    """Listeners to one server. Enter it to connect them."""

    def __init__(self, port: int, tokens: list[str]) -> None:
        self.port, self.tokens = port, tokens
        self.heard: Counter[bytes] = Counter()
        self.all_heard: asyncio.Future[float] | None = None

    async def __aenter__(self) -> "Crowd":
        began = time.monotonic()
        self.ears: list[Ear] = []
        for start in range(0, len(self.tokens), AT_ONCE):
            some = self.tokens[start : start + AT_ONCE]
            self.ears += await asyncio.gather(*[self._connect(token) for token in some])
        self.connecting = time.monotonic() - began
        await asyncio.sleep(2)  # until all have caught up
        return self

    async def __aexit__(self, *error) -> None:
        for ear in self.ears:
            ear.transport.close()

    async def _connect(self, token: str) -> Ear:
        loop = asyncio.get_running_loop()
        _, ear = await loop.create_connection(lambda: Ear(self, token), "127.0.0.1", self.port)
        await asyncio.wait_for(ear.open, 60)
        return ear

    def hear(self, text: bytes) -> None:
        self.heard[text] += 1
        if self.heard[text] == len(self.tokens) and self.all_heard and CREATED in text:
            self.all_heard.set_result(time.perf_counter())
            self.all_heard = None

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
