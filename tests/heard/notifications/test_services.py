"""Telling: part of the deed, awake after it, and never on its own."""

import contextlib
from importlib import import_module

import pytest
from django.db import connection, transaction
from websockets.frames import Frame, Opcode

from heard.notifications import bells
from heard.notifications.models import Notification
from heard.notifications.rows import frame
from heard.notifications.services import drawn, position, tell
from tests.heard.notifications.listening import BOARD, OTHERS, say


@pytest.fixture
def rings(monkeypatch):
    """How often something was rung."""
    heard: list[str] = []

    def ring():
        heard.append("ring")

    bells.hang(ring)
    yield heard
    bells.take_down(ring)


@pytest.mark.django_db
def test_a_deed_tells_each_audience_once():
    tell(BOARD, OTHERS, BOARD, kind="referral.created", object_id=7, url="/board/")
    rows = Notification.objects.order_by("id").values_list("audience", "kind", "object_id", "url")
    assert list(rows) == [(name, "referral.created", "7", "/board/") for name in (BOARD, OTHERS)]


@pytest.mark.django_db(transaction=True)
def test_telling_outside_a_deed_is_refused():
    with pytest.raises(RuntimeError):
        tell(BOARD, kind="k")
    assert not Notification.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_deed_that_is_rolled_back_tells_nothing_and_wakes_nobody(rings):
    with contextlib.suppress(KeyError), transaction.atomic():
        tell(BOARD, kind="k")
        raise KeyError
    assert not Notification.objects.exists()
    assert rings == []


@pytest.mark.django_db(transaction=True)
def test_the_position_is_the_last_row_that_can_be_seen():
    assert position() == drawn()
    last = say(BOARD)
    assert position() == drawn() == last


def wake_ups(monkeypatch) -> list[str]:
    heard: list[str] = []
    monkeypatch.setattr("heard.notifications.services.wake", lambda: heard.append("woken"))
    return heard


@pytest.mark.django_db(transaction=True)
def test_a_deed_that_tells_three_times_wakes_once_and_after_its_commit(monkeypatch):
    heard = wake_ups(monkeypatch)
    with transaction.atomic():
        for _ in range(3):
            tell(BOARD, kind="k")
        assert heard == []
    assert heard == ["woken"]


@pytest.mark.django_db(transaction=True)
def test_a_part_that_is_undone_does_not_take_the_wake_up_of_the_rest(monkeypatch):
    heard = wake_ups(monkeypatch)
    with transaction.atomic():
        with contextlib.suppress(KeyError), transaction.atomic():
            tell(BOARD, kind="undone")
            raise KeyError
        tell(BOARD, kind="kept")
    assert heard == ["woken"]


@pytest.mark.django_db(transaction=True)
def test_a_wake_up_that_fails_does_not_fail_the_deed(monkeypatch):
    def broken():
        raise OSError

    monkeypatch.setattr("heard.notifications.services.wake", broken)
    say(BOARD)
    assert Notification.objects.count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_the_wake_up_is_a_statement_of_its_own_after_the_commit(django_assert_num_queries):
    with django_assert_num_queries(4) as asked:
        say(BOARD)
    words = [query["sql"].split()[0] for query in asked]
    assert words == ["BEGIN", "INSERT", "COMMIT", "select"]


@pytest.mark.postgresql
@pytest.mark.django_db
def test_the_marks_can_be_taken_down_and_set_up_again():
    settled = import_module("heard.notifications.migrations.0002_settled")
    with connection.schema_editor() as editor:
        settled.backwards(None, editor)
        settled.forwards(None, editor)
    assert position() == drawn()


@pytest.mark.parametrize("length", [0, 1, 125, 126, 127, 65535, 65536, 70000])
def test_a_frame_is_what_the_websockets_library_would_write(length):
    payload = b"x" * length
    assert frame(payload) == Frame(Opcode.TEXT, payload).serialize(mask=False)
