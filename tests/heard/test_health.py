"""`/readyz` says whether this process can do its part, and nothing that is nobody's business."""

import time

import pytest
from django.db import OperationalError

from heard import health
from heard.notifications.hub import hub_here, hubs

pytestmark = pytest.mark.django_db


def test_pages_without_a_hub_are_ready(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ready",
        "database": "ok",
        "tasks": "ok",
        "hub": "not here",
    }
    assert answer["Cache-Control"] == "no-store"


class Unreachable:
    """A database that is away: nobody answers at its address."""

    vendor = "postgresql"

    def cursor(self):
        raise OperationalError("connection to server at 192.0.2.1, user heard, failed")


def test_without_its_database_it_is_not_ready_and_says_no_more_than_that(client, monkeypatch):
    monkeypatch.setattr(health, "connection", Unreachable())
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "away"
    assert "192" not in answer.content.decode()


@pytest.mark.django_db(transaction=True)
async def test_a_hub_that_reads_is_ready_and_one_that_is_stuck_is_not(async_client):
    hub = hub_here()
    try:
        await hub.ready.wait()
        assert (await async_client.get("/readyz")).json()["hub"] == "ok"
        hub.read_at = time.monotonic() - 60
        for task in hub._tasks:
            task.cancel()
        answer = await async_client.get("/readyz")
        assert (answer.status_code, answer.json()["hub"]) == (503, "away")
    finally:
        await hub.stop()
    assert hubs() == []
