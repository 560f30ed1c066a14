"""Asking the API: JSON in, JSON out."""

import json

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _fresh_limits():
    """Limits are counted in this process's memory, across tests."""
    cache.clear()


@pytest.fixture
def post(client):
    """Posts JSON: `post("/api/v1/receipts/", {...}, key="...")`."""

    def send(address, body, key=None, **headers):
        if key:
            headers["Idempotency-Key"] = key
        raw = body if isinstance(body, str | bytes) else json.dumps(body)
        return client.post(address, raw, content_type="application/json", headers=headers)

    return send


@pytest.fixture
def share(post):
    def send(key=None, **body):
        return post("/api/v1/experiences/", body, key=key)

    return send
