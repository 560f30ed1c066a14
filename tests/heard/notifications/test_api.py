"""The live line for whoever has no socket: `GET /api/v1/notifications/?since=<cursor>`."""

import pytest
from django.db import transaction
from rest_framework.test import APIClient

from heard.accounts.models import HeldRole
from heard.notifications.api import SIZE
from heard.notifications.services import position, tell_audience_changed
from tests.factories import UserFactory
from tests.heard.notifications.listening import BOARD, OTHERS, say, say_often, token_for, told

pytestmark = pytest.mark.django_db(transaction=True)  # only what is committed is told
ADDRESS = "/api/v1/notifications/"


@pytest.fixture
def bea(transactional_db):
    return UserFactory(roles=["manager"])


@pytest.fixture
def client(bea):
    client = APIClient()
    client.force_login(bea)
    return client


def test_a_person_is_given_what_is_theirs_after_their_cursor_oldest_first(client, bea):
    seen = say(BOARD)
    first = say(BOARD, id="one")
    say(OTHERS, id="not theirs")
    second = say(f"person:{bea.pk}", id="two")
    with transaction.atomic():
        tell_audience_changed(bea)  # only the hub reads that
    answer = client.get(ADDRESS, {"since": seen})
    assert answer.status_code == 200
    assert answer.json() == {
        "results": [
            {"cursor": first, "kind": "referral.created", "id": "one", "url": "/board/"},
            {"cursor": second, "kind": "referral.created", "id": "two", "url": "/board/"},
        ],
        "next": None,
    }


def test_a_long_absence_comes_in_pages_that_follow_each_other(client):
    say_often(SIZE + 20)
    heard, address = [], ADDRESS
    while address:
        page = client.get(address).json()
        heard += [row["cursor"] for row in page["results"]]
        address = page["next"]
    assert heard == told()


def test_a_token_opens_it_too(bea):
    cursor = say(BOARD)
    headers = {"Authorization": f"Token {token_for(bea)}"}
    results = APIClient().get(ADDRESS, headers=headers).json()["results"]
    assert [row["cursor"] for row in results] == [cursor]


@pytest.mark.parametrize("since", ["-1", "x", "", "1e3", "9" * 19, "9" * 30, "\x00", "١", "1,2"])
def test_a_cursor_that_is_none_is_bad_input(client, since):
    answer = client.get(ADDRESS, {"since": since})
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert "since" in answer.json()["errors"]


def test_a_cursor_from_a_future_that_never_was_is_set_right(client):
    say(BOARD)
    answer = client.get(ADDRESS, {"since": position() + 1000}).json()
    assert answer["results"] == [{"cursor": position(), "kind": "reset", "id": "", "url": ""}]


def test_who_is_not_signed_in_is_told_so():
    say(BOARD)
    answer = APIClient().get(ADDRESS, {"since": "0"})
    assert answer.status_code == 401


def test_who_no_longer_belongs_is_given_nothing(client, bea):
    say(BOARD)
    HeldRole.objects.filter(person=bea).delete()
    assert client.get(ADDRESS, {"since": "0"}).json()["results"] == []


def test_who_was_switched_off_is_not_signed_in(client, bea):
    say(BOARD)
    bea.is_active = False
    bea.save()
    assert client.get(ADDRESS, {"since": "0"}).status_code == 401
