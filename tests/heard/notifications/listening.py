"""People who listen, deeds that tell, and a real server in another process."""

import asyncio
import contextlib
import functools
import json
import os
import subprocess
import sys
from pathlib import Path

import websockets
from asgiref.testing import ApplicationCommunicator
from channels.db import database_sync_to_async
from django.conf import settings
from django.db import connection, transaction
from knox.models import AuthToken

from heard.asgi import application
from heard.notifications.models import Notification
from heard.notifications.services import tell
from tests.factories import UserFactory
from tests.servers import ROOT, free_port

BOARD, OTHERS = "role:manager", "role:editor"  # two audiences; what they are called does not matter
PATIENCE = 6

in_thread = database_sync_to_async


def in_own_thread(function):
    """For a plain thread: its connection ends with it."""

    @functools.wraps(function)
    def run(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        finally:
            connection.close()

    return run


def say(*audiences: str, id: str = "x") -> int:
    """A deed that tells these audiences; the cursor of its first row."""
    with transaction.atomic():
        return tell(*audiences, kind="referral.created", object_id=id, url="/board/")[0].id


def say_often(how_many: int, *, length: int = 0) -> int:
    """Many things told to the board in one deed; the cursor of the last."""
    with transaction.atomic():
        rows = Notification.objects.bulk_create(
            Notification(audience=BOARD, kind="k", object_id=str(n), url="/" + "x" * length)
            for n in range(how_many)
        )
        tell("nobody", kind="k")  # wakes, as a deed does
    return rows[-1].id


def told(audience: str = BOARD) -> list[int]:
    """What the table says this audience was told."""
    return list(
        Notification.objects.filter(audience=audience).order_by("id").values_list("id", flat=True)
    )


def token_for(person) -> str:
    return AuthToken.objects.create(person)[1]


def somebody(*roles: str) -> str:
    """A person with these roles: the token by which they listen."""
    return token_for(UserFactory(roles=roles))


def by_token(token: str) -> list[tuple[bytes, bytes]]:
    return [(b"authorization", f"Token {token}".encode())]


def by_cookie(client, origin: str = "http://testserver") -> list[tuple[bytes, bytes]]:
    """A browser's headers: its session and the page it comes from."""
    name = settings.SESSION_COOKIE_NAME
    cookie = f"{name}={client.cookies[name].value}"
    return [(b"origin", origin.encode()), (b"cookie", cookie.encode())]


class Socket(ApplicationCommunicator):
    """A client's end of a socket, in this process: all of the application, none of the network."""

    def __init__(self, path: str, headers: list[tuple[bytes, bytes]]) -> None:
        path, _, query = path.partition("?")
        scope = {"type": "websocket", "path": path, "query_string": query.encode()}
        super().__init__(application, {**scope, "headers": headers, "subprotocols": []})

    async def is_let_in(self) -> bool:
        await self.send_input({"type": "websocket.connect"})
        return (await self.receive_output(PATIENCE))["type"] == "websocket.accept"

    async def say(self, **frame) -> None:
        await self.send_input({"type": "websocket.receive", **frame})

    async def hear(self, how_many: int = 1, seconds: float = PATIENCE) -> list[dict]:
        """The next messages, in full."""
        frames = [await self.receive_output(seconds) for _ in range(how_many)]
        return [json.loads(frame["text"]) for frame in frames]

    async def hear_ids(self, how_many: int = 1) -> list[str]:
        return [message["id"] for message in await self.hear(how_many)]

    async def hear_cursors(self, how_many: int = 1) -> list[int]:
        return [message["cursor"] for message in await self.hear(how_many)]

    async def is_silent(self, seconds: float = 0.3) -> bool:
        return await self.receive_nothing(seconds)

    async def closed_with(self) -> int:
        """The code with which it is closed, in the time that people are promised."""
        frame = await self.receive_output(PATIENCE)
        assert frame["type"] == "websocket.close"
        return frame["code"]

    async def leave(self) -> None:
        if not self.future.done():
            await self.send_input({"type": "websocket.disconnect", "code": 1000})
            await self.wait()


async def listen(headers: str | list[tuple[bytes, bytes]], since: int | None = None) -> Socket:
    """An open socket. `headers` may be a token."""
    if isinstance(headers, str):
        headers = by_token(headers)
    socket = Socket("/ws/live/" + ("" if since is None else f"?since={since}"), headers)
    assert await socket.is_let_in()
    return socket


# --- A real server, in another process, on the test's own database --------------------------------


def server_environment(folder: Path, **extra: str) -> dict[str, str]:
    """What a process needs to be Heard on the test's database."""
    database = connection.settings_dict
    environment = os.environ | {"HEARD_SECRET_KEY": settings.SECRET_KEY, "HEARD_DATA": str(folder)}
    if connection.vendor == "postgresql":
        place = f"{database['USER']}:{database['PASSWORD']}@{database['HOST']}:{database['PORT']}"
        environment["DATABASE_URL"] = f"postgres://{place}/{database['NAME']}"
        environment["HEARD_URL"] = "http://127.0.0.1"
    else:
        (folder / "heard.sqlite3").symlink_to(database["NAME"])
    return environment | {"HEARD_WORKER": "off", **extra}


def server_command(port: int) -> list[str]:
    command = [sys.executable, "-m", "uvicorn", "heard.asgi:application", "--app-dir", "site"]
    command += ["--port", str(port), "--log-level", "error", "--no-access-log"]
    # A reader that stops would be ended by the server's ping too, and we want to see which it was.
    command += ["--ws-ping-interval", "300"]
    return [*command, "--ws", "heard.notifications.protocol:FrameProtocol"]


def start_server(folder: Path, **extra: str) -> tuple[subprocess.Popen, int]:
    """A process that serves, and the port where it soon will."""
    port = free_port()
    environment = server_environment(folder, **extra)
    return subprocess.Popen(server_command(port), cwd=ROOT, env=environment), port


@contextlib.asynccontextmanager
async def server(folder: Path, **extra: str):
    """A running server's port."""
    process, port = start_server(folder, **extra)
    try:
        await answers(port)
        yield port
    finally:
        process.kill()
        process.wait()


async def answers(port: int, seconds: float = 30) -> None:
    """Returns when something listens there."""
    async with asyncio.timeout(seconds):
        while True:
            with contextlib.suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", port)
                writer.close()
                return
            await asyncio.sleep(0.05)


def connect(port: int, token: str, since: int, **options):
    """A socket to a real server."""
    return websockets.connect(
        f"ws://127.0.0.1:{port}/ws/live/?since={since}",
        additional_headers={"Authorization": f"Token {token}"},
        compression=None,
        **options,
    )
