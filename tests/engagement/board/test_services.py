"""Grouping and deciding: what is written, who is told, and what is refused."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from engagement.board import services
from engagement.board.models import Commitment, Decision, DecisionKind, Insight, InsightState
from engagement.board.permissions import may_see_insight
from engagement.board.services import NewCommitment
from engagement.experiences.models import Contact, State
from engagement.experiences.services import withdraw
from engagement.routing.models import Referral, ReferralState
from heard.notifications.models import Notification
from heard.spaces.services import leave
from tests.engagement.board.conftest import kinds, of
from tests.factories import BoardFactory, UserFactory, passed_on


def decide(insight, by, **more):
    return services.decide(
        **{"insight": insight, "by": by, "kind": "endorse", "reason": "It is fair.", **more}
    )


def told(kind):
    return sorted(Notification.objects.filter(kind=kind).values_list("audience", flat=True))


def test_a_decision_and_its_reason_are_on_every_receipt(bea, board, insight, damp, boiler):
    decide(insight, bea, reason="Five calls before a visit are four too many.", next_step="In May.")
    for matter in (damp, boiler):
        step = of(matter).steps.last()
        assert (step.kind, step.data) == (
            "decided",
            {
                "kind": "endorse",
                "reason": "Five calls before a visit are four too many.",
                "provisional": False,
                "board": "Programme Board",
                "next_step": "In May.",
            },
        )
        assert of(matter).state == State.DECIDED
    assert Insight.objects.get().state == InsightState.DECIDED
    assert set(Referral.objects.values_list("state", flat=True)) == {ReferralState.DECIDED}
    assert told("insight.decided") == ["role:manager", board.audience]


def test_grouping_puts_matters_together_and_says_so_on_receipts(insight, board, damp, boiler):
    assert set(insight.matters.all()) == {damp, boiler}
    assert kinds(damp)[-1] == kinds(boiler)[-1] == "grouped"
    assert set(Referral.objects.values_list("state", flat=True)) == {ReferralState.GROUPED}
    assert told("insight.created") == [board.audience]


def test_adding_to_an_insight_is_safe_to_repeat(bea, board, homes, insight, damp):
    more = passed_on(board, theme=homes)
    for _twice in range(2):
        services.add_to_insight(insight=insight, matters=[damp, more])
    assert insight.matters.count() == 3
    assert kinds(more).count("grouped") == kinds(damp).count("grouped") == 1


def test_what_was_not_sent_to_the_board_cannot_be_grouped_by_it(bea, board, homes):
    elsewhere = passed_on(BoardFactory(), theme=homes)
    with pytest.raises(services.NothingToGroup):
        services.group_into_insight(board=board, matters=[elsewhere], by=bea, title="Mine now")
    assert Insight.objects.count() == 0
    assert "grouped" not in kinds(elsewhere)


def test_what_was_taken_back_cannot_be_grouped(bea, board, damp):
    withdraw(experience=of(damp))
    with pytest.raises(services.NothingToGroup):
        services.group_into_insight(board=board, matters=[damp], by=bea, title="Damp")


@pytest.mark.parametrize("reason", ["", "   ", "\n\t", "\u200b\u2060", "\x00"])
def test_a_decision_without_a_reason_is_not_saved(bea, insight, reason):
    with pytest.raises(services.NoReason):
        decide(insight, bea, reason=reason)
    assert Decision.objects.count() == 0


def test_the_database_itself_refuses_a_decision_without_a_reason(bea, insight):
    with pytest.raises(IntegrityError):
        Decision.objects.create(insight=insight, kind=DecisionKind.NOTE, reason="", by=bea)


def test_a_second_decision_is_refused_and_says_who_decided_first(bea, insight):
    first = decide(insight, bea)
    with pytest.raises(services.AlreadyDecided) as refused:
        decide(insight, UserFactory(), kind="decline")
    assert refused.value.decision == first
    assert Decision.objects.count() == 1


def test_fewer_members_than_the_quorum_make_it_provisional_until_it_is_decided_again(
    bea, board, insight, damp
):
    board.quorum = 3
    board.save()
    decide(insight, bea, present=2)
    assert of(damp).steps.last().data["provisional"] is True
    decide(insight, bea, present=3)
    assert of(damp).steps.last().data["provisional"] is False
    with pytest.raises(services.AlreadyDecided):
        decide(insight, bea, present=3)


def test_a_promise_is_kept_with_its_post_and_date_and_shown_on_receipts(bea, insight, damp):
    due = timezone.localdate() + timedelta(days=90)
    promise = NewCommitment("One record for each repair", "City council", "Head of licensing", due)
    decide(insight, bea, kind="ask", partner="City council", commitment=promise)
    kept = Commitment.objects.get()
    assert (kept.what, kept.body, kept.post, kept.due) == (
        "One record for each repair",
        "City council",
        "Head of licensing",
        due,
    )
    assert kinds(damp)[-2:] == ["decided", "committed"]
    assert of(damp).steps.last().data == {
        "body": "City council",
        "post": "Head of licensing",
        "what": "One record for each repair",
        "due": due.isoformat(),
    }


def test_those_who_asked_to_be_contacted_have_news_waiting(bea, insight, damp, boiler):
    Contact.objects.create(experience=of(boiler), email="someone@example.org")
    Contact.objects.create(experience=of(damp), email="no-consent@example.org")
    decide(insight, bea)
    assert Contact.objects.get(experience=of(boiler)).news_waiting
    assert not Contact.objects.get(experience=of(damp)).news_waiting


def test_who_took_their_words_back_gets_no_further_step(bea, insight, damp, boiler):
    experience = of(damp)
    withdraw(experience=experience, purposes=["insight"])
    decide(insight, bea)
    assert kinds(damp)[-1] == "withdrawn"
    assert of(damp).state == State.WITHDRAWN
    assert kinds(boiler)[-1] == "decided"
    assert insight.people == 1


def test_deciding_asks_the_database_no_more_often_for_many_than_for_few(bea, board, homes, amir):
    counts = []
    for people in (2, 30):
        matters = [passed_on(board, theme=homes, by=amir) for _ in range(people)]
        with CaptureQueriesContext(connection) as grouping:
            made = services.group_into_insight(board=board, matters=matters, by=bea, title="Heat")
        with CaptureQueriesContext(connection) as deciding:
            decide(made, bea)
        counts.append((len(grouping), len(deciding)))
    assert counts[0] == counts[1]


def test_the_list_of_what_one_may_see_agrees_with_the_rule(
    board, insight, bea, observer, convenor, manager, sol
):
    gone = UserFactory(member_of=board)
    leave(space=board, person=gone)
    late = UserFactory(member_of=board)
    late.memberships.update(until=timezone.localdate() - timedelta(days=1))
    people = {bea: True, convenor: True, manager: True, observer: False, sol: False}
    people |= {gone: False, late: False, AnonymousUser(): False}
    for person, may in people.items():
        assert may_see_insight(person, insight) is may, person
        assert Insight.objects.visible_to(person).exists() is may, person
