"""Published answers by API: read by anyone, published by few, and quotes only with a yes."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from engagement.experiences.services import withdraw
from engagement.responses.models import Response
from heard.spaces.models import MemberRole
from tests.engagement.board.conftest import of
from tests.engagement.responses.conftest import UNWILLING, answer, answered, passage
from tests.factories import DistrictFactory, ThemeFactory, UserFactory

RESPONSES = "/api/v1/responses/"
WORDS = {"title": "A record", "heard": "Repairs are lost.", "outcome": "planned"}


def post(person, body):
    browser = Client()
    if person:
        browser.force_login(person)
    return browser.post(RESPONSES, body, content_type="application/json")


def titles(client, query=""):
    found = client.get(RESPONSES + query)
    assert found.status_code == 200, query
    return [row["title"] for row in found.json()["results"]]


def test_an_answer_is_published_with_the_decisions_own_reason(bea, decision, willing, client):
    quote = {"experience": willing.reference, "start": 0, "end": 22}
    sent = post(bea, {**WORDS, "decision": decision.pk, "quotes": [quote]})
    assert sent.status_code == 201
    body = sent.json()
    assert (body["reason"], body["people"], body["decided"]) == (
        "It is fair.",
        "fewer than 5 people",
        "To ask City council to act.",
    )
    assert body["quotes"] == [{"words": "No heat for two weeks.", "taken_back": False}]
    assert client.get(f"{RESPONSES}{body['id']}/").json() == body


def test_anyone_reads_and_a_withdrawn_quote_is_gone(client, bea, decision, willing):
    made = answer(decision, bea, quotes=[passage(willing, "We slept in coats.")])
    withdraw(experience=of(willing), purposes=["quote"])
    for address in (RESPONSES, f"{RESPONSES}{made.pk}/"):
        text = client.get(address).content.decode()
        assert "coats" not in text
        assert '"taken_back":true' in text


def test_answers_are_found_by_theme_place_and_words(client, bea, board, homes):
    oldham, money = DistrictFactory(slug="oldham"), ThemeFactory(slug="poverty-income-debt")
    answered(board, homes, bea, people=5, district=oldham, title="Damp")
    answered(board, money, bea, title="Rent")
    assert titles(client) == ["Rent", "Damp"]
    assert titles(client, "?theme=homes-housing") == ["Damp"]
    assert titles(client, "?district=oldham") == ["Damp"]
    assert titles(client, "?q=RENT") == ["Rent"]
    assert titles(client, "?theme=homes-housing&q=rent") == []
    assert titles(client, "?theme=x%00&district=%ff") == []
    assert titles(client, "?q=%00&limit=-1") == ["Rent", "Damp"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"title": ""},
        {"heard": "\u200b"},
        {"outcome": "perhaps"},
        {"reason": ""},
        {"next_date": "2020-01-01"},
        {"next_date": "soon"},
        {"districts": ["atlantis"]},
        {"districts": ["oldham\x00"]},
        {"districts": "oldham"},
        {"quotes": "all"},
        {"quotes": [{"experience": "HD-NONE-XX", "start": 0, "end": 5}]},
        {"quotes": [{"experience": "willing", "start": 5, "end": 5}]},
        {"quotes": [{"experience": "willing", "start": 0, "end": 9999}]},
        {"quotes": [{"experience": "unwilling", "start": 0, "end": 5}]},
        {"quotes": [{"experience": "willing\u0000", "start": 0, "end": 5}]},
        {"decision": "x"},
    ],
)
def test_an_answer_that_cannot_be_is_a_bad_request(bea, decision, willing, unwilling, body):
    named = {"willing": willing.reference, "unwilling": unwilling.reference}
    for quote in body.get("quotes", ()) if isinstance(body.get("quotes"), list) else ():
        quote["experience"] = named.get(quote["experience"], quote["experience"])
    sent = post(bea, {**WORDS, "decision": decision.pk, **body} if body else {})
    assert sent.status_code == 400
    assert sent["Content-Type"] == "application/problem+json"
    assert UNWILLING not in sent.content.decode()
    assert Response.objects.count() == 0


def test_an_unwilling_persons_reference_is_refused_like_one_that_is_not_there(
    bea, decision, unwilling
):
    answers = [
        post(bea, {**WORDS, "decision": decision.pk, "quotes": [{"experience": name, "start": 0, "end": 5}]})
        for name in (unwilling.reference, "HD-NONE-XX")
    ]  # fmt: skip
    assert answers[0].json() == answers[1].json()


def test_a_second_answer_is_a_conflict(bea, decision):
    assert post(bea, {**WORDS, "decision": decision.pk}).status_code == 201
    assert post(bea, {**WORDS, "decision": decision.pk}).status_code == 409


def test_who_may_publish(bea, board, decision, manager, sol):
    convenor = UserFactory(member_of=board, member_of__role=MemberRole.CONVENOR)
    observer = UserFactory(member_of=board, member_of__role=MemberRole.OBSERVER)
    expected = {None: 401, sol: 404, observer: 404, convenor: 403, manager: 201, bea: 409}
    for person, status in expected.items():
        assert post(person, {**WORDS, "decision": decision.pk}).status_code == status, person


def test_many_answers_ask_the_database_as_often_as_few(client, bea, board, homes):
    counts = []
    for more in (2, 10):
        for _ in range(more):
            answered(board, homes, bea)
        client.get(RESPONSES)
        with CaptureQueriesContext(connection) as asked:
            client.get(RESPONSES)
        counts.append(len(asked))
    assert counts[0] == counts[1]
