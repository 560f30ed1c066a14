"""The stream: each row once, in order, to those it is for. On both databases."""

import asyncio
import contextlib
import random
import threading
import time

import pytest
from django.db import transaction

from heard.accounts.models import HeldRole, User
from heard.accounts.services import give_role, switch_off, take_role
from heard.notifications.models import Notification
from heard.notifications.services import position, tell
from tests.factories import UserFactory
from tests.heard.notifications.listening import (
    BOARD,
    OTHERS,
    in_own_thread,
    in_thread,
    listen,
    say,
    say_often,
    somebody,
    token_for,
    told,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.journey]


async def test_a_row_reaches_those_it_is_for_and_nobody_else():
    bea = await listen(await in_thread(somebody)("manager"), 0)
    sol = await listen(await in_thread(somebody)("editor"), 0)
    first = await in_thread(say)(BOARD, id="e7")
    assert await bea.hear() == [
        {"cursor": first, "kind": "referral.created", "id": "e7", "url": "/board/"}
    ]
    assert await sol.is_silent()
    second = await in_thread(say)(OTHERS)
    assert (await sol.hear())[0]["cursor"] == second
    assert await bea.is_silent()


async def test_a_person_hears_what_is_for_them_alone():
    rosa = await in_thread(UserFactory)()
    socket = await listen(await in_thread(token_for)(rosa), 0)
    await in_thread(say)(f"person:{rosa.pk}", id="mine")
    assert await socket.hear_ids() == ["mine"]


async def test_without_a_cursor_the_stream_begins_now():
    token = await in_thread(somebody)("manager")
    await in_thread(say)(BOARD, id="before")
    socket = await listen(token)
    await asyncio.sleep(0.2)
    await in_thread(say)(BOARD, id="after")
    assert await socket.hear_ids() == ["after"]


async def test_replay_meets_the_stream_without_gap_or_double_while_eight_threads_write():
    token = await in_thread(somebody)("manager")
    start = await in_thread(position)()
    writers = [threading.Thread(target=write, args=(seed,)) for seed in range(8)]
    for writer in writers:
        writer.start()
    heard = await asyncio.gather(*[hop(token, start, hops=8) for _ in range(6)])
    for writer in writers:
        await asyncio.to_thread(writer.join)
    want = await in_thread(told)()
    assert len(want) > 200
    assert heard == [want] * 6


@in_own_thread
def write(seed: int) -> None:
    """Forty deeds: some slow, some undone."""
    chance = random.Random(seed)
    for n in range(40):
        with contextlib.suppress(KeyError), transaction.atomic():
            tell(BOARD, OTHERS, kind="k", object_id=f"{seed}-{n}")
            if chance.random() < 0.1:
                time.sleep(0.01)
            if chance.random() < 0.1:
                raise KeyError


async def hop(token: str, cursor: int, hops: int) -> list[int]:
    """Follow the stream over several connections, each from where the last one ended."""
    heard: list[int] = []
    for left in reversed(range(hops)):
        socket = await listen(token, cursor)
        with contextlib.suppress(TimeoutError):
            while True:
                cursor = int((await socket.hear(seconds=0.05 if left else 2.5))[0]["cursor"])
                heard.append(cursor)
                if left and len(heard) % 17 == 0:
                    break
        await socket.leave()
    return heard


async def test_a_long_absence_is_replayed_from_the_table_in_pages(settings):
    settings.LIVE_MEMORY, settings.LIVE_PAGE = 50, 100
    token = await in_thread(somebody)("manager")
    start = await in_thread(position)()
    await in_thread(lambda: [say(BOARD, OTHERS) for _ in range(350)])()
    socket = await listen(token, start)
    assert await socket.hear_cursors(350) == await in_thread(told)()
    assert await socket.is_silent()


async def test_a_cursor_from_a_future_that_never_was_is_set_right():
    token = await in_thread(somebody)("manager")
    await in_thread(say)(BOARD)
    now = await in_thread(position)()
    socket = await listen(token, now + 1000)
    assert await socket.hear() == [{"cursor": now, "kind": "reset", "id": "", "url": ""}]
    following = await in_thread(say)(BOARD)
    assert (await socket.hear())[0]["cursor"] == following


@pytest.mark.parametrize("is_told", [True, False])
async def test_a_revoked_member_hears_nothing_more_and_a_new_one_hears_from_now_on(
    is_told, settings
):
    bea = await in_thread(UserFactory)(roles=["manager"])
    socket = await listen(await in_thread(token_for)(bea), 0)
    await in_thread(say)(BOARD, id="before")
    assert await socket.hear_ids() == ["before"]
    if is_told:

        @in_thread
        def revoke_and_say():
            take_role(person=bea, role="manager")
            say(BOARD, id="secret")

        await revoke_and_say()  # at once: not one row later
    else:  # behind our back, by hand: the sweep sees it
        await in_thread(HeldRole.objects.filter(person=bea).delete)()
        await asyncio.sleep(settings.LIVE_SWEEP + 0.6)
        await in_thread(say)(BOARD, id="secret")
    assert await socket.is_silent(1)
    if is_told:
        await in_thread(give_role)(person=bea, role="editor")
    else:
        await in_thread(HeldRole.objects.create)(person=bea, role="editor")
        await asyncio.sleep(settings.LIVE_SWEEP + 0.6)
    await in_thread(say)(OTHERS, id="welcome")
    assert await socket.hear_ids() == ["welcome"]


@pytest.mark.parametrize("is_told", [True, False])
async def test_a_person_switched_off_is_shown_the_door(is_told):
    bea = await in_thread(UserFactory)(roles=["manager"])
    socket = await listen(await in_thread(token_for)(bea), 0)
    if is_told:
        await in_thread(switch_off)(person=bea)
    else:
        await in_thread(User.objects.filter(pk=bea.pk).update)(is_active=False)
    assert await socket.closed_with() == 4401


async def test_a_lost_wake_up_costs_at_most_the_poll(settings, lose_wake_ups):
    socket = await listen(await in_thread(somebody)("manager"), 0)
    await asyncio.sleep(0.2)
    began = time.monotonic()
    await in_thread(say)(BOARD)
    await socket.hear()
    assert time.monotonic() - began < settings.LIVE_POLL + 0.5


async def test_many_who_come_back_at_once_hear_all_they_missed():
    token = await in_thread(somebody)("manager")
    start = await in_thread(position)()
    await in_thread(say_often)(60)
    sockets = [await listen(token, start) for _ in range(10)]
    want = await in_thread(told)()
    for socket in sockets:
        assert await socket.hear_cursors(60) == want


async def test_nobody_elses_rows_are_in_a_replay():
    token = await in_thread(somebody)("manager")
    start = await in_thread(position)()
    await in_thread(say)(OTHERS, id="theirs")
    await in_thread(say)(BOARD, id="mine")
    socket = await listen(token, start)
    assert await socket.hear_ids() == ["mine"]
    assert await in_thread(Notification.objects.count)() == 2
    assert await socket.is_silent()
