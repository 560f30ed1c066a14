"""The page to write an answer: starts from the decision, offers only words that may be quoted."""

import pytest
from django.test import Client

from engagement.board.services import decide, group_into_insight
from engagement.experiences.services import withdraw
from engagement.responses.models import Response
from heard.spaces.models import MemberRole
from tests.engagement.board.conftest import of
from tests.engagement.responses.conftest import UNWILLING, answer
from tests.factories import UserFactory, passed_on

FORM = {
    "title": "A record of every repair",
    "heard": "Repairs are lost.",
    "outcome": "planned",
    "reason": "It is fair.",
    "next_step": "A rule in March.",
}


@pytest.fixture
def url(decision):
    return f"/board/decisions/{decision.pk}/publish/"


@pytest.fixture
def beas(bea, client):
    client.force_login(bea)
    return client


def test_an_answer_is_written_and_published(beas, bea, url, willing, oldham):
    sentence = f"{willing.reference}:0:22"
    sent = beas.post(url, {**FORM, "quotes": [sentence], "districts": []})
    made = Response.objects.get()
    assert (sent.status_code, sent["Location"]) == (302, made.get_absolute_url())
    assert (made.title, made.outcome, made.published_by) == (FORM["title"], "planned", bea)
    assert [(quote.start, quote.end) for quote in made.quotes.all()] == [(0, 22)]


def test_the_form_starts_from_the_decision_and_offers_only_words_that_may_be_quoted(
    beas, url, willing
):
    text = beas.get(url).content.decode()
    assert "It is fair." in text
    assert "Nobody keeps a record" in text
    assert "We slept in coats." in text
    assert UNWILLING not in text
    withdraw(experience=of(willing), purposes=["quote"])
    assert "We slept in coats." not in beas.get(url).content.decode()


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"title": ""}, "Write a few words. This is empty."),
        ({"outcome": ""}, "Choose what came of it."),
        ({"reason": "x" * 2001}, "You wrote 2,001 characters"),
        ({"next_date_0": "1", "next_date_1": "1", "next_date_2": "2020"}, "still to come"),
        ({"quotes": ["HD-NONE-XX:0:5"]}, "may no longer be quoted"),
        ({"quotes": ["nonsense"]}, "may no longer be quoted"),
        ({"districts": ["atlantis"]}, "Select a valid choice"),
        ({"districts": ["oldham\x00"]}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_published_is_said_and_the_rest_is_kept(beas, url, form, says):
    sent = beas.post(url, {**FORM, **form})
    text = sent.content.decode()
    assert sent.status_code == 422
    assert says in text
    assert "A rule in March." in text
    assert Response.objects.count() == 0


def test_words_of_the_unwilling_cannot_be_sent_by_hand(beas, url, unwilling):
    sent = beas.post(url, {**FORM, "quotes": [f"{unwilling.reference}:0:5"]})
    assert sent.status_code == 422
    assert Response.objects.count() == 0


def test_a_decision_that_has_its_answer_leads_to_it(beas, bea, decision, url):
    made = answer(decision, bea)
    for sent in (beas.get(url), beas.post(url, FORM)):
        assert (sent.status_code, sent["Location"]) == (302, made.get_absolute_url())
    assert Response.objects.count() == 1


def test_a_provisional_decision_leads_back_to_its_insight(beas, bea, board, homes):
    board.quorum = 3
    board.save()
    made = group_into_insight(
        board=board, matters=[passed_on(board, theme=homes)], by=bea, title="Heat"
    )
    for_now = decide(insight=made, by=bea, kind="note", reason="For now.")
    sent = beas.get(f"/board/decisions/{for_now.pk}/publish/")
    assert (sent.status_code, sent["Location"]) == (302, made.get_absolute_url())


def test_members_chairs_and_managers_publish_and_nobody_else(board, url, manager, sol):
    convenor = UserFactory(member_of=board, member_of__role=MemberRole.CONVENOR)
    observer = UserFactory(member_of=board, member_of__role=MemberRole.OBSERVER)
    chair = UserFactory(member_of=board, member_of__role=MemberRole.CHAIR)
    expected = {convenor: 403, observer: 404, sol: 404, manager: 200, chair: 200}
    for person, status in expected.items():
        browser = Client()
        browser.force_login(person)
        assert browser.get(url).status_code == status, person
    assert Client().get(url).status_code == 302
    assert Response.objects.count() == 0
