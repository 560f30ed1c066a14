"""Who may listen, and what is said to those who may not."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django.test import Client
from django.utils import timezone
from knox.models import AuthToken

from heard.notifications.doors import from_our_own_page
from heard.notifications.services import tell_audience_changed
from tests.factories import PASSWORD, UserFactory
from tests.heard.notifications.listening import (
    BOARD,
    Socket,
    by_cookie,
    by_token,
    in_thread,
    listen,
    say,
    somebody,
    token_for,
)

pytestmark = pytest.mark.django_db(transaction=True)
REFUSED = "refused"


async def answer_to(path: str, headers) -> int | str:
    """The close code, or that the handshake was refused outright."""
    socket = Socket(path, headers)
    return await socket.closed_with() if await socket.is_let_in() else REFUSED


@in_thread
def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


async def test_a_cookie_from_our_own_page_opens_the_line():
    bea = await in_thread(UserFactory)(roles=["manager"])
    socket = await listen(by_cookie(await signed_in(bea)), 0)
    await in_thread(say)(BOARD, id="mine")
    assert await socket.hear_ids() == ["mine"]


async def test_who_may_not_and_bad_input():
    ours = [(b"origin", b"http://testserver")]
    assert await answer_to("/ws/live/?since=0", ours) == 4401
    token = await in_thread(somebody)("manager")
    for bad in ("-1", "x", "9" * 19, "9" * 30, "1e3", "%00", "", "0x1", "%D9%A1"):
        assert await answer_to(f"/ws/live/?since={bad}", by_token(token)) == 4400, bad


@pytest.mark.parametrize(
    "value",
    [
        b"",
        b"Token",
        b"Token ",
        b"Token nobody",
        b"Bearer x",
        b"Token a b",
        b"Token \xff\xfe",
        b"token " + b"a" * 9000,
    ],
)
async def test_a_token_that_is_none_is_told_to_sign_in(value):
    assert await answer_to("/ws/live/?since=0", [(b"authorization", value)]) == 4401


async def test_a_dead_token_is_told_to_sign_in():
    bea = await in_thread(UserFactory)()
    _, ended = await in_thread(AuthToken.objects.create)(bea, expiry=-timedelta(seconds=1))
    assert await answer_to("/ws/live/", by_token(ended)) == 4401
    token = await in_thread(somebody)("manager")
    await in_thread(AuthToken.objects.all().delete)()
    assert await answer_to("/ws/live/", by_token(token)) == 4401


FOREIGN = [
    None,
    "",
    "null",
    "http://elsewhere.test",
    "http://testserver.evil",
    "http://evil-testserver",
    "http://testserver@evil.test",
    "http://evil.test#testserver",
    "http://evil.test/?testserver",
    "http://evil.testserver",
    "//testserver",
    "testserver",
    "ftp://testserver",
    "file://",
    "http://",
    "http://[",
    "http://testserver:x",
    "http://testserver,http://evil.test",
    "javascript:testserver",
    "http://127.0.0.1.evil.test",
    "http://*",
]


@pytest.mark.parametrize("origin", FOREIGN)
async def test_a_cookie_from_another_sites_page_is_refused(origin):
    bea = await in_thread(UserFactory)(roles=["manager"])
    headers = by_cookie(await signed_in(bea), origin or "")
    if origin is None:
        headers = headers[1:]
    assert await answer_to("/ws/live/?since=0", headers) == REFUSED


def test_an_origin_is_ours_when_it_is_the_address_that_was_asked(settings):
    settings.ALLOWED_HOSTS, settings.CSRF_TRUSTED_ORIGINS = (
        ["heard.example"],
        ["https://public.example"],
    )
    ours = {b"origin": b"https://heard.example", b"host": b"heard.example"}
    assert from_our_own_page(ours)
    assert from_our_own_page({b"origin": b"https://public.example", b"host": b"inside:8000"})
    assert not from_our_own_page(ours | {b"origin": b"https://heard.example:9999"})
    assert not from_our_own_page({b"origin": b"https://else.example", b"host": b"else.example"})


async def test_signing_out_ends_the_line_at_the_next_question():
    bea = await in_thread(UserFactory)(roles=["manager"])
    client = await signed_in(bea)
    socket = await listen(by_cookie(client), 0)
    await in_thread(client.logout)()
    await in_thread(lambda: in_a_deed(tell_audience_changed, bea))()
    assert await socket.closed_with() == 4401


@pytest.mark.parametrize(
    "how", ["signed out", "session ended", "password changed", "token deleted", "token ended"]
)
async def test_what_was_shown_at_the_door_ends_and_so_does_the_line(how, settings):
    settings.LIVE_SWEEP = 0.5
    bea = await in_thread(UserFactory)(roles=["manager"])
    if how.startswith("token"):
        headers = by_token(await in_thread(token_for)(bea))
    else:
        client = await signed_in(bea)
        headers = by_cookie(client)
    socket = await listen(headers, 0)
    await in_thread(say)(BOARD, id="before")
    assert await socket.hear_ids() == ["before"]

    @in_thread
    def end():
        if how == "signed out":
            client.logout()
        elif how == "session ended":
            Session.objects.update(expire_date=timezone.now())
        elif how == "password changed":
            bea.set_password(PASSWORD + "!")
            bea.save()
        elif how == "token deleted":
            AuthToken.objects.all().delete()
        else:
            AuthToken.objects.update(expiry=timezone.now())

    await end()  # and nobody tells: the sweep sees it
    assert await socket.closed_with() == 4401


def in_a_deed(deed, *args):
    with transaction.atomic():
        deed(*args)


async def test_a_client_that_talks_is_ignored_for_a_while_and_then_shown_out():
    talker = await listen(await in_thread(somebody)("manager"), 0)
    await talker.say(text='{"kind": "subscribe", "audience": "role:editor"}')
    await talker.say(bytes=b"\x00\xff")
    await in_thread(say)(BOARD, id="still heard")
    assert await talker.hear_ids() == ["still heard"]
    for _ in range(40):
        await talker.say(text="more")
    assert await talker.closed_with() == 1008
