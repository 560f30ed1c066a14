"""The hub of a test lives in the test's own event loop, and is stopped with it."""

import asyncio

import pytest

from heard.notifications import hub as hub_module


@pytest.fixture(autouse=True)
async def _hub_stops_with_the_test(request):
    yield
    hub = hub_module._hubs.get(asyncio.get_running_loop())
    if hub is not None:
        await hub.stop()


@pytest.fixture
def lose_wake_ups(monkeypatch):
    """What a process does that dies between its commit and its wake-up: nothing."""
    monkeypatch.setattr("heard.notifications.services.wake", lambda: None)
