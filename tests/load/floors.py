"""What nothing can be much faster than: bare servers that promise nothing.

`python -m tests.load.floors post PORT ROWS`: aiohttp takes a POST, psycopg inserts so many rows in one
transaction, and every socket of the process is sent a message. No one is known, nothing is replayed.
`python -m tests.load.floors broadcast PORT`: the websockets library sends to all what NOTIFY says.
"""

import asyncio
import json
import os
import sys

import aiohttp
import psycopg
import websockets
from aiohttp import web
from psycopg_pool import AsyncConnectionPool
from websockets.asyncio.server import broadcast, serve

# Heard's own tables without their triggers and keys to elsewhere.
TABLES = """
create table if not exists floor_item (like moderation_queueitem including all);
create table if not exists floor_notification (like notifications_notification including all);
"""
ITEM = """
insert into floor_item (id, kind, object_id, arrived, urgency, flags, held, version, notices)
values (gen_random_uuid(), 'load', %s, now(), 0, '[]', false, 0, '[]')
"""
NOTIFICATION = """
insert into floor_notification (audience, kind, object_id, url, created)
values ('role:manager', 'referral.created', %s, '/board/', now()) returning id
"""


def message(cursor: int, key: str) -> str:
    return json.dumps({"cursor": cursor, "kind": "referral.created", "id": key, "url": "/board/"})


class PostFloor:
    def __init__(self, rows: int) -> None:
        self.rows = rows
        self.sockets: set[web.WebSocketResponse] = set()

    async def post(self, request: web.Request) -> web.Response:
        key = (await request.json())["key"]
        async with self.pool.connection() as connection:
            for n in range(self.rows - 1):
                await connection.execute(ITEM, [f"{key}-{n}"])
            cursor = (await (await connection.execute(NOTIFICATION, [key])).fetchone())[0]
        text = message(cursor, key)
        for socket in list(self.sockets):  # faster than a task for each
            await socket.send_str(text)
        return web.json_response({"key": key}, status=201)

    async def live(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(compress=False)
        await socket.prepare(request)
        self.sockets.add(socket)
        async for said in socket:
            if said.type == aiohttp.WSMsgType.ERROR:
                break
        self.sockets.discard(socket)
        return socket

    async def run(self, port: int) -> None:
        async with AsyncConnectionPool(
            os.environ["DATABASE_URL"], min_size=2, max_size=8
        ) as self.pool:
            async with self.pool.connection() as connection:
                await connection.execute(TABLES)
            app = web.Application()
            app.add_routes([web.post("/post", self.post), web.get("/ws/live/", self.live)])
            runner = web.AppRunner(app, access_log=None)
            await runner.setup()
            await web.TCPSite(runner, "127.0.0.1", port).start()
            await asyncio.Event().wait()


async def run_broadcast(port: int) -> None:
    async def stay(socket) -> None:
        try:
            await socket.wait_closed()
        except websockets.ConnectionClosed:
            return

    async with serve(stay, "127.0.0.1", port, compression=None) as server:
        connection = await psycopg.AsyncConnection.connect(
            os.environ["DATABASE_URL"], autocommit=True
        )
        await connection.execute("listen floor")
        async for notice in connection.notifies():
            broadcast(server.connections, message(0, notice.payload))


if __name__ == "__main__":
    what, at = sys.argv[1], int(sys.argv[2])
    if what == "post":
        asyncio.run(PostFloor(int(sys.argv[3])).run(at))
    else:
        asyncio.run(run_broadcast(at))
