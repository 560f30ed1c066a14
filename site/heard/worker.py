"""Background work inside the embedded default's one process: django-tasks-db's worker in a thread.

Served for real, `manage.py db_worker` is a process of its own.
"""

import asyncio
import logging
import threading

from django.db import connections, transaction
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from heard import due

log = logging.getLogger(__name__)

INTERVAL = 1.0  # seconds between looks when there is nothing to do
GRACE = 5.0  # seconds that a task in hand may still take when the server stops
DUE_EVERY = 300.0  # seconds between looks at what falls due (heard.due)
TRIES = 3  # a task that took the whole process with it so often is left as it is

_alive: set["EmbeddedWorker"] = set()


class EmbeddedWorker:
    """One thread that does what waits until it is stopped. A database in trouble only delays it."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._worker: Worker | None = None
        self._thread = threading.Thread(target=self._run, name="heard-worker", daemon=True)
        self._clock = threading.Thread(target=self._run_due, name="heard-due", daemon=True)

    def start(self) -> None:
        _alive.add(self)
        self._thread.start()
        self._clock.start()

    async def stop(self) -> None:
        """Take up nothing new, and give the task in hand its grace."""
        self._stopping.set()
        if self._worker:
            self._worker.running = False
        await asyncio.to_thread(self._thread.join, GRACE)
        _alive.discard(self)

    @property
    def is_working(self) -> bool:
        return self._thread.is_alive()

    def _run(self) -> None:
        hand_back = True
        while not self._stopping.is_set():
            try:
                if hand_back:
                    hand_back_orphans()
                    hand_back = False
                self._work()
            except Exception as error:  # a locked or vanished database: the tasks are rows and wait
                log.warning("background work paused (%s)", type(error).__name__)
                self._stopping.wait(INTERVAL)
            finally:
                connections.close_all()

    def _run_due(self) -> None:
        """What `manage.py run_due` does, from time to time; nobody else does it for an embedded site."""
        while not self._stopping.wait(DUE_EVERY):
            try:
                due.run()
            finally:
                connections.close_all()

    def _work(self) -> None:
        self._worker = Worker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=INTERVAL,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=f"embedded-{get_random_string(12)}",
        )
        self._worker.running = not self._stopping.is_set()
        self._worker.run()


@transaction.atomic
def hand_back_orphans() -> int:
    """Tasks that a process took with it when it died are done again; how many they were.

    Only for the embedded default: its one worker has only just begun, so whatever is marked as
    running is not. What such a task did before may be done twice, as any task must expect.
    """
    orphans = [task for task in DBTaskResult.objects.running() if len(task.worker_ids) < TRIES]
    for task in orphans:
        task.status = TaskResultStatus.READY
        task.save(update_fields=["status"])
    return len(orphans)


def workers() -> list[EmbeddedWorker]:
    """The workers inside this process: one in the embedded default, none served for real."""
    return list(_alive)
