"""What only a real server in another process, and real sockets, can show."""

import asyncio
import contextlib
import json
import signal
import socket as sockets
import time

import pytest
import websockets
from django.db import connection

from heard.notifications.services import position
from tests.heard.notifications.listening import (
    BOARD,
    answers,
    connect,
    in_thread,
    say,
    say_often,
    server,
    somebody,
    start_server,
    told,
)

pytestmark = pytest.mark.django_db(transaction=True)


async def next_of(socket, seconds: float = 5) -> dict:
    return json.loads(await asyncio.wait_for(socket.recv(), seconds))


async def test_pages_written_by_another_process_reach_sockets_here(tmp_path):
    token = await in_thread(somebody)("manager")
    # PostgreSQL wakes the hub across processes; on SQLite, one process by design, the poll does.
    patience = 0.5 if connection.vendor == "postgresql" else 2
    async with server(tmp_path) as port, connect(port, token, 0) as bea:
        await asyncio.sleep(1)
        began = time.monotonic()
        cursor = await in_thread(say)(BOARD, id="from a page")
        message = await next_of(bea)
        assert (message["cursor"], message["id"]) == (cursor, "from a page")
        assert time.monotonic() - began < patience


ROUNDS, AT_ONCE = 8, 2500  # of 350 bytes each: 7 MB, past every buffer on the way


async def test_a_socket_that_stops_reading_delays_nobody_is_closed_and_loses_nothing(tmp_path):
    stuck, steady = [await in_thread(somebody)("manager") for _ in range(2)]
    start = await in_thread(position)()
    async with server(tmp_path, HEARD_LIVE_STALL="2") as port:
        reader, writer = await handshake_by_hand(port, stuck, start)
        writer.transport.pause_reading()
        async with connect(port, steady, start, max_queue=None) as amir:
            slowest = 0.0
            for _ in range(ROUNDS):
                last = await in_thread(say_often)(AT_ONCE, length=290)
                began = time.monotonic()
                while (await next_of(amir))["cursor"] < last:
                    pass
                slowest = max(slowest, time.monotonic() - began)
            assert slowest < 4
        await asyncio.sleep(2.5)
        writer.transport.resume_reading()
        heard, code = frames_in(await all_of(reader))
        assert code == 4408
        assert len(heard) < ROUNDS * AT_ONCE
        cursor = heard[-1] if heard else start
        async with connect(port, stuck, cursor, max_queue=None) as again:
            while cursor < last:
                cursor = (await next_of(again))["cursor"]
                heard.append(cursor)
    assert heard == await in_thread(told)()


async def handshake_by_hand(port: int, token: str, since: int):
    """A socket whose reading we hold in our own hands, with the smallest buffer there is."""
    small = sockets.socket()
    small.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
    small.connect(("127.0.0.1", port))
    small.setblocking(False)
    reader, writer = await asyncio.open_connection(sock=small, limit=2**12)
    lines = [
        f"GET /ws/live/?since={since} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Authorization: Token {token}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        "Sec-WebSocket-Version: 13",
    ]
    writer.write("\r\n".join([*lines, "", ""]).encode())
    await reader.readuntil(b"\r\n\r\n")
    return reader, writer


async def all_of(reader: asyncio.StreamReader) -> bytes:
    data = bytearray()
    with contextlib.suppress(TimeoutError, ConnectionError):
        while some := await asyncio.wait_for(reader.read(65536), 3):
            data += some
    return bytes(data)


def frames_in(data: bytes) -> tuple[list[int], int | None]:
    """The cursors in a server's frames, and its close code."""
    cursors, code, at = [], None, 0
    while at + 2 <= len(data):
        opcode, length, body = data[at] & 15, data[at + 1] & 127, at + 2
        if length == 126:
            length, body = int.from_bytes(data[body : body + 2], "big"), body + 2
        payload, at = data[body : body + length], body + length
        if opcode == 1:
            cursors.append(json.loads(payload)["cursor"])
        elif opcode == 8:
            code = int.from_bytes(payload[:2], "big")
    return cursors, code


async def big_frame(socket) -> None:
    await socket.send("x" * 1_000_000)


async def flood(socket) -> None:
    for _ in range(10_000):
        await socket.send("x")


async def deep_json(socket) -> None:
    await socket.send("[" * 100_000)


async def not_utf8(socket) -> None:
    await socket.send(b"\xff\xfe", text=True)


@pytest.mark.parametrize(
    ("misbehave", "codes"),
    [
        (big_frame, {1009, 1006}),
        (deep_json, {1009, 1006}),
        (flood, {1008}),
        (not_utf8, {1007, 1006}),
    ],
)
async def test_a_client_that_misbehaves_is_closed_and_others_are_unharmed(
    misbehave, codes, tmp_path
):
    good, bad = [await in_thread(somebody)("manager") for _ in range(2)]
    async with server(tmp_path) as port, connect(port, good, 0) as bea:
        async with connect(port, bad, 0) as rude:
            with contextlib.suppress(websockets.ConnectionClosed):
                await asyncio.wait_for(misbehave(rude), 10)
            with pytest.raises(websockets.ConnectionClosed) as closed:
                await asyncio.wait_for(rude.recv(), 5)
            assert (closed.value.rcvd.code if closed.value.rcvd else 1006) in codes
        began = time.monotonic()
        await in_thread(say)(BOARD, id="on time")
        assert (await next_of(bea))["id"] == "on time"
        assert time.monotonic() - began < 2


async def test_a_server_that_stops_tells_its_clients_to_come_back(tmp_path):
    token = await in_thread(somebody)("manager")
    process, port = start_server(tmp_path)
    try:
        await answers(port)
        async with connect(port, token, 0) as bea:
            process.terminate()
            with pytest.raises(websockets.ConnectionClosed) as closed:
                await asyncio.wait_for(bea.recv(), 10)
        assert closed.value.rcvd.code == 1012
        assert await asyncio.to_thread(process.wait, 15) == -signal.SIGTERM
    finally:
        process.kill()
        process.wait()
