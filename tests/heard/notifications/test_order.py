"""Why the order of ids is safe to read on PostgreSQL, where it is not the order of commits."""

import asyncio
import contextlib
import threading
import time
from contextlib import asynccontextmanager

import pytest
from django.db import connection, transaction

from heard.notifications.models import Notification
from heard.notifications.services import missed_by, position, tell
from tests.factories import UserFactory
from tests.heard.notifications.listening import (
    BOARD,
    in_own_thread,
    in_thread,
    listen,
    say,
    somebody,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]


@asynccontextmanager
async def held_open(deed):
    """A transaction in which the deed is done, held open until the block ends, then committed."""
    is_done, may_end = threading.Event(), threading.Event()

    @in_own_thread
    def run():
        with transaction.atomic():
            deed()
            is_done.set()
            may_end.wait(10)

    thread = threading.Thread(target=run)
    thread.start()
    await asyncio.to_thread(is_done.wait, 10)
    try:
        yield
    finally:
        may_end.set()
        await asyncio.to_thread(thread.join)


async def test_a_transaction_that_commits_late_is_not_skipped():
    socket = await listen(await in_thread(somebody)("manager"), 0)
    drawn = {}

    def late():
        drawn["late"] = tell(BOARD, kind="k", object_id="late")[0].id

    async with held_open(late):
        assert await in_thread(say)(BOARD, id="early") > drawn["late"]
        # What `id > last` would read now, and so go past the late one for good: the danger is real.
        seen = await in_thread(list)(
            Notification.objects.after(0).values_list("object_id", flat=True)
        )
        assert seen == ["early"]
        assert await in_thread(position)() < drawn["late"]
        assert await socket.is_silent()
    assert await socket.hear_ids(2) == ["late", "early"]
    assert await socket.is_silent()


async def test_a_rolled_back_tell_holds_nobody_up_and_an_unrelated_long_transaction_neither():
    socket = await listen(await in_thread(somebody)("manager"), 0)

    @in_thread
    def undone_twice_then_kept():
        with contextlib.suppress(KeyError), transaction.atomic():
            tell(BOARD, kind="k", object_id="undone")
            raise KeyError
        with transaction.atomic():
            with contextlib.suppress(KeyError), transaction.atomic():
                tell(BOARD, kind="k", object_id="undone too")
                raise KeyError
            tell(BOARD, kind="k", object_id="kept")

    async with held_open(UserFactory):
        began = time.monotonic()
        await undone_twice_then_kept()
        assert await socket.hear_ids() == ["kept"]
        assert time.monotonic() - began < 1


async def test_a_savepoint_that_is_undone_does_not_take_the_mark_of_a_later_tell_with_it():
    socket = await listen(await in_thread(somebody)("manager"), 0)

    def late():
        with contextlib.suppress(KeyError), transaction.atomic():
            tell(BOARD, kind="k", object_id="undone")
            raise KeyError
        tell(BOARD, kind="k", object_id="late")

    async with held_open(late):
        await in_thread(say)(BOARD, id="early")
        assert await socket.is_silent()
    assert await socket.hear_ids(2) == ["late", "early"]


async def test_the_listening_connection_dies_and_the_wake_up_is_lost_but_no_row_is(lose_wake_ups):
    socket = await listen(await in_thread(somebody)("manager"), 0)
    await asyncio.sleep(0.2)
    assert await in_thread(cut_the_hub_off)() == 1
    began = time.monotonic()
    cursors = [await in_thread(say)(BOARD) for _ in range(2)]
    assert await socket.hear_cursors(2) == cursors
    assert time.monotonic() - began < 5


async def test_a_database_restored_under_a_running_hub_sends_everyone_back():
    token = await in_thread(somebody)("manager")
    socket = await listen(token, 0)
    for _ in range(3):
        await in_thread(say)(BOARD)
    told_last = (await socket.hear(3))[-1]["cursor"]

    @in_thread
    def restore_an_older_backup():
        Notification.objects.filter(id__gte=told_last - 1).delete()
        with connection.cursor() as cursor:
            cursor.execute(
                "select setval(pg_get_serial_sequence('notifications_notification', 'id'), %s)",
                [told_last - 2],
            )
        cut_the_hub_off()

    await restore_an_older_backup()
    assert await socket.closed_with() == 1012
    again = await listen(token, told_last)
    assert await again.hear() == [{"cursor": told_last - 2, "kind": "reset", "id": "", "url": ""}]
    await in_thread(say)(BOARD, id="new")
    assert await again.hear_ids() == ["new"]


def cut_the_hub_off() -> int:
    """End the hub's own connection, as a network or a database that restarts would."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity "
            "where application_name = 'heard-hub' and datname = current_database()"
        )
        return cursor.fetchone()[0]


async def test_the_slower_way_does_not_pass_by_a_transaction_that_commits_late():
    bea = await in_thread(UserFactory)(roles=["manager"])
    ask = in_thread(missed_by)

    def late():
        tell(BOARD, kind="k", object_id="late")

    async with held_open(late):
        await in_thread(say)(BOARD, id="early")
        assert await ask(bea, since=0, most=10) == []
    found = await ask(bea, since=0, most=10)
    assert [row.shown["id"] for row in found] == ["late", "early"]
