"""`/readyz`: whether this process can do its part, and which part is missing. No more than that."""

from collections.abc import Callable

from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django_tasks_db.models import DBTaskResult
from psycopg_pool import PoolTimeout

from heard.notifications.hub import hubs
from heard.worker import workers

OK, AWAY, NOT_HERE = "ok", "away", "not here"


def readyz(request: HttpRequest) -> JsonResponse:
    """200 when every part that belongs here answers, else 503."""
    parts = {"database": _answer(_database), "tasks": _answer(_tasks), "hub": _hub()}
    ready = AWAY not in parts.values()
    return JsonResponse(
        {"status": "ready" if ready else "not ready", **parts},
        status=200 if ready else 503,
        headers={"Cache-Control": "no-store"},
    )


def _answer(question: Callable[[], str]) -> str:
    try:
        return question()
    except (Error, PoolTimeout):
        return AWAY


def _database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return OK


def _tasks() -> str:
    """The waiting tasks can be read, and where the worker lives in this process, it is at work."""
    DBTaskResult.objects.ready().exists()
    return OK if all(worker.is_working for worker in workers()) else AWAY


def _hub() -> str:
    """Pages served by WSGI have no hub, and need none."""
    here = hubs()
    if not here:
        return NOT_HERE
    return OK if all(hub.is_reading for hub in here) else AWAY
