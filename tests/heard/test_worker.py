"""Background work inside the embedded default's one process."""

import asyncio
import time

import pytest
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from heard.asgi import application
from heard.worker import TRIES, EmbeddedWorker, hand_back_orphans, workers
from tests.heard.notifications.listening import in_thread

pytestmark = pytest.mark.django_db(transaction=True)
done: list[str] = []


@task()
def remember(word: str) -> None:
    done.append(word)


def statuses() -> list[str]:
    return list(DBTaskResult.objects.order_by("enqueued_at").values_list("status", flat=True))


@pytest.fixture(autouse=True)
def _nothing_done_yet():
    done.clear()


async def until(condition, seconds: float = 10) -> None:
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.02)


async def test_what_waits_is_done_and_the_worker_stops_when_told():
    worker = EmbeddedWorker()
    worker.start()
    assert workers() == [worker]
    await in_thread(remember.enqueue)("a word")
    await until(lambda: done == ["a word"])
    began = time.monotonic()
    await worker.stop()
    assert time.monotonic() - began < 3
    assert not worker.is_working
    assert workers() == []
    assert await in_thread(statuses)() == [TaskResultStatus.SUCCESSFUL]


async def test_a_database_that_is_locked_for_a_moment_only_delays_it(monkeypatch):
    worker = EmbeddedWorker()
    worked, failures = worker._work, iter([OSError("database is locked")])

    def fail_once():
        for failure in failures:
            raise failure
        worked()

    monkeypatch.setattr(worker, "_work", fail_once)
    worker.start()
    await in_thread(remember.enqueue)("later")
    await until(lambda: done == ["later"])
    await worker.stop()


def test_a_task_whose_process_died_is_done_again_but_not_for_ever():
    remember.enqueue("taken along")
    remember.enqueue("takes the process along each time")
    first, second = DBTaskResult.objects.order_by("enqueued_at")
    first.claim("dead")
    for n in range(TRIES):
        second.claim(f"dead {n}")
    assert hand_back_orphans() == 1
    assert statuses() == [TaskResultStatus.READY, TaskResultStatus.RUNNING]


@pytest.mark.parametrize(
    ("embedded", "switch", "how_many"), [(True, "on", 1), (True, "off", 0), (False, "on", 0)]
)
async def test_the_server_starts_and_stops_what_belongs_to_it(settings, embedded, switch, how_many):
    settings.EMBEDDED, settings.HEARD_WORKER = embedded, switch
    said: asyncio.Queue = asyncio.Queue()
    heard: asyncio.Queue = asyncio.Queue()
    life = asyncio.create_task(application({"type": "lifespan"}, said.get, heard.put))
    await said.put({"type": "lifespan.startup"})
    assert await asyncio.wait_for(heard.get(), 5) == {"type": "lifespan.startup.complete"}
    assert len(workers()) == how_many
    await said.put({"type": "lifespan.shutdown"})
    assert await asyncio.wait_for(heard.get(), 10) == {"type": "lifespan.shutdown.complete"}
    await life
    assert workers() == []


async def test_what_falls_due_is_done_from_time_to_time(monkeypatch):
    monkeypatch.setattr("heard.worker.DUE_EVERY", 0.05)
    monkeypatch.setattr("heard.due._jobs", {"a job": lambda: done.append("due")})
    worker = EmbeddedWorker()
    worker.start()
    await until(lambda: done.count("due") >= 2)
    await worker.stop()
    assert workers() == []
