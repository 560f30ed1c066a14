"""The queue's deeds: joining, claiming, holding and settling, and what the desks are told."""

import threading

import pytest
from django.db import connection, transaction

from heard.moderation import services
from heard.moderation.models import ModerationDecision, QueueItem, Urgency, Verdict
from heard.notifications.models import Notification
from tests.factories import UserFactory


@pytest.fixture
def item(db):
    return services.enqueue(kind="experience", object_id="one")


def told(kind):
    return list(Notification.objects.filter(kind=kind).values_list("audience", "object_id"))


def test_what_joins_the_queue_waits_and_the_moderators_are_told(db):
    item = services.enqueue(kind="experience", object_id="one", flags=["phone"], urgency=10)
    assert QueueItem.objects.get() == item
    assert (item.flags, item.urgency, item.held, item.claimed_by) == (["phone"], 10, False, None)
    assert told("moderation.arrived") == [("role:moderator", str(item.pk))]
    assert told("safeguarding.alert") == []


def test_joining_twice_is_one_place_with_all_flags_and_the_highest_urgency(item):
    services.enqueue(kind="experience", object_id="one", flags=["abuse"], urgency=10)
    again = services.enqueue(kind="experience", object_id="one", flags=["phone"])
    assert QueueItem.objects.get() == item
    assert (again.flags, again.urgency) == (["abuse", "phone"], 10)
    assert len(told("moderation.arrived")) == 1
    assert len(told("moderation.changed")) == 2


def test_danger_alerts_the_safeguarding_lead_once_and_names_nothing(db):
    item = services.enqueue(kind="experience", object_id="one", urgency=Urgency.DANGER)
    services.enqueue(kind="experience", object_id="one", urgency=Urgency.DANGER)
    alert = Notification.objects.get(kind="safeguarding.alert")
    assert (alert.audience, alert.object_id) == ("role:safeguarding", str(item.pk))
    assert alert.url == f"/moderation/items/{item.pk}/"


def test_urgency_rises_and_never_falls(item):
    services.raise_urgency(kind="experience", object_id="one", urgency=Urgency.DANGER)
    services.raise_urgency(kind="experience", object_id="one", urgency=Urgency.FLAGGED)
    assert QueueItem.objects.get().urgency == Urgency.DANGER
    assert len(told("safeguarding.alert")) == 1
    assert services.raise_urgency(kind="experience", object_id="gone") is None


def test_the_order_is_the_most_urgent_first_then_the_oldest(db):
    plain = services.enqueue(kind="experience", object_id="one")
    later = services.enqueue(kind="experience", object_id="two")
    danger = services.enqueue(kind="experience", object_id="three", urgency=Urgency.DANGER)
    flagged = services.enqueue(kind="experience", object_id="four", urgency=Urgency.FLAGGED)
    assert list(QueueItem.objects.in_order()) == [danger, flagged, plain, later]


def test_a_claim_is_held_by_one_and_the_other_is_told_who(item, amir, maud):
    assert services.claim(item=item, by=amir).claimed_by == amir
    with pytest.raises(services.AlreadyClaimed) as refused:
        services.claim(item=item, by=maud)
    assert refused.value.by == amir
    assert services.claim(item=item, by=amir).claimed_by == amir


def test_a_claim_made_while_only_a_flag_moved_still_holds(item, amir):
    services.raise_urgency(kind="experience", object_id="one")
    assert services.claim(item=item, by=amir).claimed_by == amir


def test_a_claim_is_taken_over_only_from_the_person_who_was_seen(item, amir, maud, sol):
    services.claim(item=item, by=amir)
    with pytest.raises(services.AlreadyClaimed):
        services.claim(item=item, by=maud, instead_of=sol)
    assert services.claim(item=item, by=maud, instead_of=amir).claimed_by == maud


def test_nobody_lets_go_of_what_another_claimed(item, amir, maud):
    services.claim(item=item, by=amir)
    services.let_go(item=item, by=maud)
    assert QueueItem.objects.get().claimed_by == amir
    services.let_go(item=item, by=amir)
    assert QueueItem.objects.get().claimed_by is None


def test_what_is_settled_leaves_the_queue_and_the_decision_stays(item, amir):
    services.settle(
        kind="experience", object_id="one", by=amir, verdict=Verdict.CLEARED, reason="Fine."
    )
    assert not QueueItem.objects.exists()
    decision = ModerationDecision.objects.get()
    assert (decision.object_id, decision.by, decision.reason) == ("one", amir, "Fine.")


def test_no_exact_time_of_arrival_stays_once_settled(db, amir):
    item = services.enqueue(kind="experience", object_id="one", urgency=Urgency.DANGER)
    assert Notification.objects.filter(object_id=item.pk).count() == 2
    services.settle(kind="experience", object_id="one", by=amir, verdict=Verdict.CLEARED)
    assert set(Notification.objects.values_list("kind", flat=True)) == {"moderation.changed"}


def test_settling_twice_says_who_was_first_and_what_became_of_it(item, amir, maud):
    services.settle(kind="experience", object_id="one", by=amir, verdict=Verdict.CLEARED)
    with pytest.raises(services.AlreadySettled) as refused:
        services.settle(kind="experience", object_id="one", by=maud, verdict=Verdict.RETURNED)
    assert refused.value.by == amir
    assert refused.value.decision.verdict == Verdict.CLEARED
    with pytest.raises(services.AlreadySettled):
        services.claim(item=item, by=maud)
    assert ModerationDecision.objects.count() == 1


def test_what_another_claimed_cannot_be_settled_or_held(item, amir, maud):
    services.claim(item=item, by=amir)
    for deed in (
        lambda: services.settle(kind="experience", object_id="one", by=maud, verdict="cleared"),
        lambda: services.hold(kind="experience", object_id="one", by=maud, reason="Later."),
        lambda: services.release(kind="experience", object_id="one", by=maud),
    ):
        with pytest.raises(services.AlreadyClaimed) as refused:
            deed()
        assert refused.value.by == amir
    assert not ModerationDecision.objects.exists()


def test_an_item_that_changed_since_it_was_opened_is_not_settled(item, amir):
    services.enqueue(kind="experience", object_id="one", flags=["abuse"])
    with pytest.raises(services.Changed):
        services.settle(
            kind="experience", object_id="one", by=amir, verdict="cleared", version=item.version
        )
    assert QueueItem.objects.exists()


def test_what_is_held_stays_free_and_set_aside_until_released(item, amir):
    services.claim(item=item, by=amir)
    services.hold(kind="experience", object_id="one", by=amir, reason="A second reader.")
    assert list(QueueItem.objects.held()) == [item]
    assert QueueItem.objects.get().claimed_by is None
    services.release(kind="experience", object_id="one", by=amir)
    assert list(QueueItem.objects.waiting()) == [item]
    assert list(ModerationDecision.objects.order_by("id").values_list("verdict", flat=True)) == [
        "held",
        "released",
    ]


def race(*deeds):
    """Each deed in a thread of its own, started together; what each came to."""
    start, results = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(place, deed):
        start.wait()
        try:
            results[place] = deed()
        except services.Refused as refused:
            results[place] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.django_db(transaction=True)
def test_of_two_moderators_who_claim_at_once_one_wins_and_the_other_is_told_who():
    amir, maud = UserFactory(moderator=True), UserFactory(moderator=True)
    for turn in range(20):
        item = services.enqueue(kind="experience", object_id=turn)
        results = race(
            lambda item=item: services.claim(item=item, by=amir),
            lambda item=item: services.claim(item=item, by=maud),
        )
        refused = [result for result in results if isinstance(result, services.AlreadyClaimed)]
        assert len(refused) == 1
        assert refused[0].by == QueueItem.objects.get(pk=item.pk).claimed_by


@pytest.mark.django_db(transaction=True)
def test_of_two_moderators_who_settle_at_once_one_wins_and_the_record_has_one_row():
    amir, maud = UserFactory(moderator=True), UserFactory(moderator=True)
    for turn in range(20):
        services.enqueue(kind="experience", object_id=turn)
        results = race(
            *(
                lambda by=by, turn=turn: transaction.atomic(services.settle)(
                    kind="experience", object_id=turn, by=by, verdict=Verdict.CLEARED
                )
                for by in (amir, maud)
            )
        )
        refused = [result for result in results if isinstance(result, services.AlreadySettled)]
        assert len(refused) == 1
        decision = ModerationDecision.objects.get(object_id=str(turn))
        assert refused[0].by == decision.by


@pytest.mark.django_db(transaction=True)
def test_ten_reports_of_one_thing_at_once_are_one_place_in_the_queue():
    race(*[lambda: services.enqueue(kind="post", object_id="1", flags=["rule"])] * 10)
    assert QueueItem.objects.count() == 1
    assert Notification.objects.filter(kind="moderation.arrived").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_deed_that_is_undone_leaves_the_item_waiting_and_tells_nobody():
    amir = UserFactory(moderator=True)
    services.enqueue(kind="experience", object_id="one")
    before = Notification.objects.count()
    with transaction.atomic():
        services.settle(kind="experience", object_id="one", by=amir, verdict=Verdict.CLEARED)
        transaction.set_rollback(True)
    assert QueueItem.objects.count() == 1
    assert Notification.objects.count() == before
