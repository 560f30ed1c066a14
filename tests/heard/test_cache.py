"""Redis may be away: nothing that a resident does depends on it, and limits still hold in each process."""

import pytest
from django.core.cache import caches
from django.urls import reverse

from engagement.experiences.models import Experience
from heard.limits import Limit, allowed
from tests.servers import free_port


@pytest.fixture
def redis_is_down(settings):
    """A real Redis address where nobody listens."""
    settings.CACHES = {
        "default": {
            "BACKEND": "heard.cache.SteadyRedisCache",
            "LOCATION": f"redis://127.0.0.1:{free_port()}/0",
        }
    }
    settings.LIMITS_ON = True
    caches["default"].clear()


def test_the_cache_goes_on_in_this_process(redis_is_down):
    cache = caches["default"]
    cache.set("a", 1)
    assert cache.get("a") == 1
    assert cache.incr("a") == 2
    assert cache.get_many(["a", "b"]) == {"a": 2}
    assert cache.add("a", 5) is False
    cache.delete("a")
    assert cache.get("a") is None


def test_limits_hold_without_redis(redis_is_down):
    limit = Limit("test", 3, 60)
    assert [allowed(limit, "somebody") for _ in range(5)] == [True, True, True, False, False]
    assert allowed(limit, "somebody else")


@pytest.mark.django_db
def test_sharing_and_opening_a_receipt_work_without_redis(redis_is_down, client):
    body = {"text": "The bus stop has no shelter.", "consents": {"insight": True}}
    sent = client.post("/api/v1/experiences/", body, content_type="application/json")
    assert sent.status_code == 201
    assert Experience.objects.get(reference=sent.json()["reference"]).text == body["text"]
    opened = client.post(reverse("experiences:receipt"), {"receipt": sent.json()["receipt"]})
    assert opened.status_code == 302


@pytest.mark.django_db
def test_signing_in_works_without_redis(redis_is_down, client, rosa):
    from tests.factories import PASSWORD

    answer = client.post("/accounts/login/", {"login": rosa.email, "password": PASSWORD})
    assert answer.status_code in {302, 200}
    assert answer.status_code == 302  # on to confirming the address, as with Redis
