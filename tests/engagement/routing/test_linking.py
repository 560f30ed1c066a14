"""One like another: people are counted and not words, and both receipts get the answer."""

import pytest

from engagement.experiences.models import State, Step, StepKind
from engagement.experiences.services import withdraw
from engagement.routing import services
from engagement.routing.kinds import contributors_of, facts_of
from engagement.routing.models import Matter, Referral
from heard.moderation.models import ModerationDecision, QueueItem
from heard.notifications.models import Notification
from tests.factories import ExperienceFactory
from tests.heard.moderation.test_services import race


@pytest.fixture
def first(amir, homes, homes_to_board):
    experience = ExperienceFactory(text="The boiler broke.", consents=["insight", "quote"])
    services.clear_experience(experience=experience, by=amir, themes=[homes])
    return experience


def link(experience, first, by):
    return services.link_duplicate(experience=experience, original=first, by=by)


def test_a_link_counts_one_person_more_and_passes_no_words_on(amir, board, first):
    second = ExperienceFactory(text="Ours broke too.")
    matter = link(second, first, amir)
    second.refresh_from_db()
    assert (second.state, second.same_as, second.cleared_text) == (State.CLEARED, first, "")
    assert (Matter.objects.count(), matter.people) == (1, 2)
    assert not QueueItem.objects.exists()
    assert ModerationDecision.objects.get(object_id=second.reference).verdict == "duplicate"
    changed = Notification.objects.filter(kind="referral.changed")
    assert [row.audience for row in changed] == [f"space:{board.pk}"]


def test_both_receipts_see_what_becomes_of_it(amir, first):
    Step.objects.create(experience=first, kind=StepKind.DECIDED, data={"kind": "note"}, position=9)
    second = ExperienceFactory()
    matter = link(second, first, amir)
    kinds = [step.kind for step in Step.objects.filter(experience=second)]
    assert kinds == [StepKind.HEARD, StepKind.REFERRED, StepKind.DECIDED]
    assert set(contributors_of([matter])) == {first, second}


def test_a_link_to_a_link_leads_to_the_first(amir, first):
    second, third = ExperienceFactory(), ExperienceFactory()
    link(second, first, amir)
    link(third, second, amir)
    third.refresh_from_db()
    assert third.same_as == first
    assert Matter.objects.get().people == 3


def test_only_what_was_passed_on_can_be_linked_to(amir, first):
    second, waiting = ExperienceFactory(), ExperienceFactory()
    for wrong in (second, waiting):
        with pytest.raises(services.NotLikeIt):
            link(second, wrong, amir)
    unagreed = ExperienceFactory(consents=[])
    with pytest.raises(services.NoInsightConsent):
        link(unagreed, first, amir)
    assert Matter.objects.get().people == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_links_at_once_every_person_is_counted(amir, first):
    others = [ExperienceFactory() for _number in range(6)]
    race(*(lambda one=one: link(one, first, amir) for one in others))
    assert Matter.objects.get().people == 7


def test_when_the_first_takes_back_the_matter_stands_for_the_others_without_words(
    amir, board, first
):
    second = ExperienceFactory()
    link(second, first, amir)
    withdraw(experience=first)
    matter = Matter.objects.get()
    assert (matter.people, matter.withdrawn, matter.summary) == (1, False, "")
    assert "boiler" not in matter.title
    assert facts_of([matter])[matter.pk].withdrawn
    assert contributors_of([matter]) == [second]
    withdraw(experience=second)
    matter.refresh_from_db()
    assert (matter.people, matter.withdrawn) == (0, True)


def test_taking_back_twice_takes_out_one_person_once(amir, first):
    second, third = ExperienceFactory(), ExperienceFactory()
    link(second, first, amir)
    link(third, first, amir)
    withdraw(experience=second, purposes=["insight"])
    withdraw(experience=second)
    assert Matter.objects.get().people == 2


def test_taking_back_all_words_leaves_none_for_the_board_and_tells_it(amir, board, first):
    matter = Matter.objects.get()
    assert facts_of([matter])[matter.pk].text == "The boiler broke."
    Notification.objects.all().delete()
    withdraw(experience=first)
    matter.refresh_from_db()
    facts = facts_of([matter])[matter.pk]
    assert (matter.withdrawn, facts.withdrawn, facts.text) == (True, True, "")
    assert matter.title == "Taken back by the person who wrote it"
    referral = Referral.objects.get()
    row = Notification.objects.get(kind="referral.changed")
    assert (row.audience, row.object_id) == (f"space:{board.pk}", str(referral.pk))


def test_taking_back_the_quote_leaves_the_words_and_tells_the_board(amir, first):
    matter = Matter.objects.get()
    assert "quote" in facts_of([matter])[matter.pk].consents
    withdraw(experience=first, purposes=["quote"])
    facts = facts_of([matter])[matter.pk]
    assert (facts.text, facts.consents) == ("The boiler broke.", frozenset({"insight"}))
    assert Notification.objects.filter(kind="referral.changed").count() == 1


def test_facts_of_many_take_as_many_queries_as_of_one(
    amir, homes, first, django_assert_max_num_queries
):
    for _number in range(8):
        services.clear_experience(experience=ExperienceFactory(), by=amir, themes=[homes])
    with django_assert_max_num_queries(4):
        facts_of(list(Matter.objects.all()))
    with django_assert_max_num_queries(2):
        contributors_of(list(Matter.objects.all()))


def test_what_was_taken_back_but_speaks_of_danger_waits_until_somebody_looked(amir, homes):
    danger = ExperienceFactory(text="Hard words.", queued__urgency=20)
    withdraw(experience=danger)
    danger.refresh_from_db()
    assert (danger.state, danger.text, QueueItem.objects.count()) == ("withdrawn", "Hard words.", 1)
    services.close_withdrawn(experience=danger, by=amir)
    danger.refresh_from_db()
    assert (danger.text, QueueItem.objects.count()) == ("", 0)
    assert ModerationDecision.objects.get().verdict == "taken_back"
    with pytest.raises(services.AlreadySettled):
        services.close_withdrawn(experience=danger, by=amir)
