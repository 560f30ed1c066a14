"""Deciding on a page: a reason is required, nothing typed is lost, and who comes second is told."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from engagement.board import services
from engagement.board.models import Commitment, Decision
from tests.factories import BoardFactory, SpaceFactory, UserFactory

NO_REASON = "Give a reason. A decision cannot be saved without one."


@pytest.fixture
def beas(bea, client):
    client.force_login(bea)
    return client


def send(browser, insight, **form):
    return browser.post(f"{insight.get_absolute_url()}decide/", form)


def a_day(ahead):
    day = timezone.localdate() + timedelta(days=ahead)
    return {"due_0": day.day, "due_1": day.month, "due_2": day.year}


def test_a_decision_is_recorded_and_the_insight_shows_it(beas, bea, insight):
    answer = send(beas, insight, kind="endorse", reason="It is fair.", next_step="In May.")
    assert (answer.status_code, answer["Location"]) == (302, insight.get_absolute_url())
    made = Decision.objects.get()
    assert (made.kind, made.reason, made.by) == ("endorse", "It is fair.", bea)
    text = beas.get(insight.get_absolute_url()).content.decode()
    assert "What the board decided" in text
    assert "It is fair." in text
    assert "Record the decision" not in text


@pytest.mark.parametrize("reason", ["", "  ", "\u200b"])
def test_a_decision_without_a_reason_is_refused_and_keeps_the_rest(beas, insight, reason):
    answer = send(
        beas, insight, kind="ask", partner="Bee Network", reason=reason, what="Later buses"
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert text.count(NO_REASON) == 2  # in the list on top and at the box
    assert "Error:" in text.split("</title>")[0]
    assert 'value="Bee Network"' in text
    assert "Later buses" in text
    assert "checked" in text.split('value="ask"')[1][:200]
    assert Decision.objects.count() == 0


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({"kind": ""}, "Choose what the board will do."),
        ({"kind": "bribe"}, "Select a valid choice"),
        ({"kind": "ask"}, "Name the partner that the board asks."),
        ({"kind": "refer", "referred_to": "1\x00"}, "Select a valid choice"),
        ({"kind": "refer", "referred_to": "9" * 30}, "Select a valid choice"),
        ({"kind": "refer"}, "Choose the panel or group it is referred to."),
        ({"what": "A record"}, "Name the organisation that promises it."),
        ({"what": "A", "body": "B", "post": "C"}, "Write the date by which it will be done."),
        ({"what": "A", "body": "B", "post": "C", **a_day(0)}, "a date that is still to come"),
        ({"present": "many"}, "Write how many members are here, as a number."),
        ({"present": "0"}, "At least one member must be here."),
        ({"reason": "x" * 2001}, "You wrote 2,001 characters"),
    ],
)
def test_what_cannot_be_recorded_is_said_at_its_place(beas, insight, form, says):
    answer = send(beas, insight, **{"kind": "note", "reason": "It is fair.", **form})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert Decision.objects.count() == 0


def test_a_promise_is_recorded_with_the_decision(beas, insight):
    promise = {"what": "A record", "body": "City council", "post": "Head of licensing"}
    send(beas, insight, kind="ask", reason="It is fair.", **promise, **a_day(60))
    kept = Commitment.objects.get()
    assert (kept.body, kept.decision.partner) == ("City council", "City council")


def test_a_matter_is_referred_to_a_space_that_the_member_may_know_of(beas, insight):
    panel, hidden = SpaceFactory(title="Disability panel"), SpaceFactory(visibility="private")
    form = {"kind": "refer", "reason": "They know."}
    assert send(beas, insight, **form, referred_to=hidden.pk).status_code == 422
    assert send(beas, insight, **form, referred_to=panel.pk).status_code == 302
    assert Decision.objects.get().referred_to.pk == panel.pk


def test_who_comes_second_is_told_and_keeps_their_words(beas, insight):
    bo = UserFactory(name="Bo")
    services.decide(insight=insight, by=bo, kind="decline", reason="The money is promised.")
    answer = send(beas, insight, kind="endorse", reason="My own long reason.")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Bo recorded a decision a moment ago" in text
    assert "The money is promised." in text
    assert "My own long reason." in text
    assert Decision.objects.count() == 1


def test_too_few_members_make_it_provisional_and_the_form_stays(beas, board, insight):
    board.quorum = 3
    board.save()
    send(beas, insight, kind="note", reason="For now.", present="2")
    text = beas.get(insight.get_absolute_url()).content.decode()
    assert "it is provisional" in text
    assert "Record the decision" in text
    send(beas, insight, kind="note", reason="For good.", present="3")
    assert list(Decision.objects.values_list("reason", "provisional")) == [
        ("For good.", False),
        ("For now.", True),
    ]


def test_a_reason_is_shown_as_typed_and_runs_nothing(beas, insight):
    reason = '<script>alert(1)</script> & "quotes" عربى 🙂'
    send(beas, insight, kind="note", reason=reason)
    text = beas.get(insight.get_absolute_url()).content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in text
    assert "🙂" in text


def test_only_members_and_chairs_decide(insight, convenor, manager, observer, sol):
    other = UserFactory(member_of=BoardFactory())
    expected = {convenor: 403, manager: 403, observer: 404, sol: 404, other: 404}
    for person, status in expected.items():
        browser = Client()
        browser.force_login(person)
        answer = send(browser, insight, kind="note", reason="Mine.")
        assert answer.status_code == status, person
        seen = browser.get(insight.get_absolute_url()).status_code
        assert seen == (200 if status == 403 else 404), person
    assert send(Client(), insight, kind="note", reason="Mine.").status_code == 302
    assert Decision.objects.count() == 0


def test_decisions_are_listed_with_what_still_needs_an_answer(beas, insight, manager, sol):
    send(beas, insight, kind="note", reason="Kept on record.")
    managers = Client()
    managers.force_login(manager)
    for browser in (beas, managers):
        text = browser.get("/board/decisions/").content.decode()
        assert "Kept on record." in text
        assert "Needs a published answer" in text
    strangers = Client()
    strangers.force_login(sol)
    assert strangers.get("/board/decisions/").status_code == 404
