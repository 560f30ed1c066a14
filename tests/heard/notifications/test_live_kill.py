"""kill -9 of writers and hubs while posts come in: nothing lost, nothing doubled, nothing backwards."""

import asyncio
import contextlib
import json
import os

import aiohttp
import pytest

from heard.notifications.models import Notification
from heard.notifications.services import position
from tests.heard.notifications.listening import (
    BOARD,
    answers,
    connect,
    in_thread,
    server_command,
    server_environment,
    somebody,
    told,
)
from tests.load.killing import kill_run
from tests.servers import Program, free_port

pytestmark = pytest.mark.django_db(transaction=True)
WHOLE = os.environ.get("HEARD_TEST_WHOLE") == "yes"


@pytest.mark.postgresql
@pytest.mark.whole
async def test_nothing_is_lost_or_doubled_while_writers_and_hubs_are_killed(tmp_path):
    environment = server_environment(tmp_path, HEARD_DB_POOL="4")
    figures = await kill_run(
        environment,
        tmp_path,
        seconds=60 if WHOLE else 15,
        writers=3 if WHOLE else 2,
        listeners=20 if WHOLE else 8,
    )
    print(figures)
    assert figures["notifications"] > (2000 if WHOLE else 200)
    assert figures["kills"]["hubs"] >= 2
    assert figures["kills"]["writers"] >= 5
    wrong = ("lost", "doubled", "backwards", "never told", "accepted and missing")
    assert {name: figures[name] for name in wrong} == dict.fromkeys(wrong, 0)


@pytest.mark.journey
async def test_the_one_server_is_killed_while_posts_come_in_and_nothing_is_lost_or_doubled(
    tmp_path,
):
    """Pages and sockets in one process, as embedded; posts are repeated until they are accepted."""
    token, start = await in_thread(somebody)("manager"), await in_thread(position)()
    port = free_port()
    environment = server_environment(tmp_path, DJANGO_SETTINGS_MODULE="tests.load.settings")
    program = Program("heard", server_command(port), environment, tmp_path / "log")
    heard: list[int] = []
    try:
        await answers(port)
        following = asyncio.create_task(follow(port, token, start, heard))
        posting = asyncio.create_task(post_all(port, 1000 if WHOLE else 200))
        for _ in range(4 if WHOLE else 1):
            await asyncio.sleep(0.7)
            program.kill_and_start()
            await answers(port)
        accepted = await posting
        want = await in_thread(told)()
        async with asyncio.timeout(20):
            while not heard or heard[-1] < want[-1]:
                await asyncio.sleep(0.05)
        following.cancel()
    finally:
        program.kill()
    assert heard == want
    assert accepted <= await in_thread(keys_told)()


async def post_all(port: int, how_many: int) -> set[str]:
    """Each post under a key of its own, and again under a new one until some post is answered 201."""
    accepted: set[str] = set()
    async with aiohttp.ClientSession() as client:
        for n in range(how_many):
            for attempt in range(200):
                key = f"{n}-{attempt}"
                with contextlib.suppress(aiohttp.ClientError, TimeoutError):
                    if await answer_to(client, port, key) == 201:
                        accepted.add(key)
                        break
                await asyncio.sleep(0.1)
    assert len(accepted) == how_many
    return accepted


async def answer_to(client: aiohttp.ClientSession, port: int, key: str) -> int:
    wait = aiohttp.ClientTimeout(total=10)
    address = f"http://127.0.0.1:{port}/post"
    async with client.post(address, json={"key": key}, timeout=wait) as answer:
        return answer.status


async def follow(port: int, token: str, cursor: int, heard: list[int]) -> None:
    """A client that comes back with its cursor whenever the line is lost."""
    while True:
        with contextlib.suppress(Exception):
            async with connect(port, token, cursor) as socket:
                async for text in socket:
                    cursor = json.loads(text)["cursor"]
                    heard.append(cursor)
        await asyncio.sleep(0.1)


def keys_told() -> set[str]:
    return set(Notification.objects.filter(audience=BOARD).values_list("object_id", flat=True))
