"""Clearing: words, themes, the matter, its referrals and who is told, in one transaction."""

import pytest
from django.db import transaction

from engagement.experiences.models import (
    Answer,
    Call,
    Contact,
    Message,
    Provenance,
    State,
    Step,
    StepKind,
    Tag,
)
from engagement.experiences.services import reply
from engagement.routing import services
from engagement.routing.models import Matter, Referral
from engagement.themes.models import Action
from heard.moderation.models import ModerationDecision, QueueItem, Urgency, Verdict
from heard.moderation.services import claim
from heard.notifications.models import Notification
from tests.factories import DistrictFactory, ExperienceFactory, RouteFactory, ThemeFactory
from tests.heard.moderation.test_services import race

RAW = "The damp is back. Ring me on 07700 900123, I am Parveen."
CLEARED = "The damp is back. Ring me on [phone number removed], I am [name removed]."


def told(kind):
    return list(Notification.objects.filter(kind=kind).values_list("audience", "url"))


def clear(experience, by, themes, **more):
    return services.clear_experience(experience=experience, by=by, themes=themes, **more)


def test_clearing_passes_the_cleared_words_on_to_the_board_by_the_rules(
    amir, board, homes, homes_to_board
):
    oldham = DistrictFactory()
    experience = ExperienceFactory(text=RAW, district=oldham)
    matter = clear(experience, amir, [homes], text=CLEARED, title="Damp", summary="It is back.")
    experience.refresh_from_db()
    assert (experience.state, experience.cleared_text) == (State.CLEARED, CLEARED)
    assert experience.text == RAW
    assert (matter.kind, matter.reference) == ("experience", experience.reference)
    assert (matter.title, matter.summary, matter.district) == ("Damp", "It is back.", oldham)
    assert list(matter.themes.all()) == [homes]
    referral = Referral.objects.get()
    assert (referral.board, referral.matter) == (board, matter)
    assert referral.because[0]["name"] == "Homes to the board"
    assert told("referral.created") == [(f"space:{board.pk}", f"/api/v1/referrals/{referral.pk}/")]


def test_clearing_leaves_the_queue_and_keeps_who_decided(amir, homes):
    experience = ExperienceFactory()
    clear(experience, amir, [homes])
    assert not QueueItem.objects.exists()
    decision = ModerationDecision.objects.get()
    assert (decision.verdict, decision.by) == (Verdict.CLEARED, amir)
    assert decision.object_id == experience.reference


def test_the_receipt_shows_that_it_was_heard_and_whom_it_reached(
    amir, board, homes, homes_to_board
):
    experience = ExperienceFactory()
    clear(experience, amir, [homes])
    steps = [(step.kind, step.data) for step in Step.objects.filter(experience=experience)]
    assert steps == [
        (StepKind.HEARD, {"themes": ["Homes"], "redacted": False}),
        (StepKind.REFERRED, {"to": ["Programme Board"]}),
    ]


def test_a_person_confirms_themes_and_what_was_ticked_or_suggested_stays(amir, homes):
    money, work = ThemeFactory(slug="money"), ThemeFactory(slug="work")
    experience = ExperienceFactory(themes=[homes, work])
    Tag.objects.create(experience=experience, theme=money, provenance=Provenance.MACHINE)
    clear(experience, amir, [homes, money])
    tags = Tag.objects.values_list("theme__slug", "provenance", "confirmed", "by__name")
    assert sorted(tags) == [
        ("homes-housing", "person", True, "Amir"),
        ("homes-housing", "resident", True, None),
        ("money", "machine", False, None),
        ("money", "person", True, "Amir"),
        ("work", "resident", False, None),
    ]


def test_an_action_goes_with_its_theme(amir, homes):
    action = Action.objects.create(theme=homes, number=1, title="Warm homes")
    matter = clear(ExperienceFactory(), amir, [homes], actions=[action])
    assert list(matter.actions.all()) == [action]
    assert Tag.objects.get().action == action


def test_without_a_heading_one_is_offered_from_the_cleared_words_only(amir, homes):
    experience = ExperienceFactory(text="Parveen of 12 Ash Row is cold. Nobody came.")
    matter = clear(experience, amir, [homes], text="A mother is cold. Nobody came.")
    assert (matter.title, matter.summary) == ("A mother is cold", "A mother is cold. Nobody came.")


def test_answers_to_a_call_are_cleared_too_with_details_taken_out(amir, homes):
    call = Call.objects.create(slug="winter", title="Winter", intro="Tell us.")
    experience = ExperienceFactory(call=call)
    first = Answer.objects.create(experience=experience, question="Who?", text="Dr Khan")
    second = Answer.objects.create(experience=experience, question="When?", text="In May")
    clear(experience, amir, [homes], answers={first.pk: "[name removed]"})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.cleared_text, second.cleared_text) == ("[name removed]", "In May")


def test_nothing_is_passed_on_without_the_consent_to_use_it(amir, homes, homes_to_board):
    experience = ExperienceFactory(consents=["quote"])
    with pytest.raises(services.NoInsightConsent):
        clear(experience, amir, [homes])
    assert (Matter.objects.count(), Tag.objects.count(), Step.objects.count()) == (0, 0, 0)
    assert QueueItem.objects.count() == 1


def test_a_theme_and_some_words_are_needed(amir, homes):
    experience = ExperienceFactory()
    with pytest.raises(services.NeedsThemes):
        clear(experience, amir, [])
    with pytest.raises(services.NothingLeft):
        clear(experience, amir, [homes], text="  ")
    assert not Matter.objects.exists()


def test_the_second_moderator_is_told_who_was_first(amir, maud, homes):
    experience = ExperienceFactory()
    clear(experience, amir, [homes])
    for deed in (
        lambda: clear(experience, maud, [homes]),
        lambda: services.return_experience(experience=experience, by=maud, reason="No."),
        lambda: services.answer_experience(experience=experience, by=maud, text="No."),
        lambda: services.hold_experience(experience=experience, by=maud, reason="No."),
        lambda: services.release_experience(experience=experience, by=maud),
    ):
        with pytest.raises(services.AlreadySettled) as refused:
            deed()
        assert (refused.value.by, refused.value.decision.verdict) == (amir, Verdict.CLEARED)
    assert Matter.objects.count() == 1


def test_what_another_moderator_claimed_is_left_to_them(amir, maud, homes):
    experience = ExperienceFactory()
    claim(item=QueueItem.objects.get(), by=amir)
    with pytest.raises(services.AlreadyClaimed) as refused:
        clear(experience, maud, [homes])
    assert refused.value.by == amir
    assert not Matter.objects.exists()


def test_a_page_that_is_out_of_date_clears_nothing(amir, homes):
    experience = ExperienceFactory()
    old = QueueItem.objects.get().version
    claim(item=QueueItem.objects.get(), by=amir)
    with pytest.raises(services.Changed):
        clear(experience, amir, [homes], version=old)
    assert not Matter.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_moderators_at_once_one_wins_and_every_row_is_there_once(
    amir, maud, homes, homes_to_board
):
    for _turn in range(20):
        experience = ExperienceFactory()
        results = race(
            lambda e=experience: clear(e, amir, [homes]),
            lambda e=experience: services.return_experience(experience=e, by=maud, reason="Why?"),
        )
        refused = [result for result in results if isinstance(result, services.AlreadySettled)]
        assert len(refused) == 1
        decision = ModerationDecision.objects.get(object_id=experience.reference)
        assert refused[0].by == decision.by
        matters = Matter.objects.filter(reference=experience.reference).count()
        assert matters == (1 if decision.by == amir else 0)


@pytest.mark.django_db(transaction=True)
def test_when_the_deed_is_undone_nothing_was_passed_on_and_nobody_was_told(
    amir, homes, homes_to_board
):
    experience = ExperienceFactory()
    with transaction.atomic():
        clear(experience, amir, [homes])
        transaction.set_rollback(True)
    experience.refresh_from_db()
    assert experience.state == State.RECEIVED
    assert (Matter.objects.count(), Referral.objects.count()) == (0, 0)
    assert told("referral.created") == []


def test_clearing_takes_few_queries_however_much_there_is(
    amir, board, homes, homes_to_board, django_assert_max_num_queries
):
    experience = ExperienceFactory()
    with django_assert_max_num_queries(20):
        clear(experience, amir, [homes])
    more = [homes, ThemeFactory(), ThemeFactory(), ThemeFactory()]
    for number in range(20):
        RouteFactory(name=f"Rule {number}", board=board, theme=more[number % 4])
    experience = ExperienceFactory(themes=more)
    with django_assert_max_num_queries(20):
        clear(experience, amir, more)


def test_those_who_asked_to_be_contacted_have_news(amir, homes):
    experience = ExperienceFactory(consents=["insight", "contact"])
    Contact.objects.create(experience=experience, email="rosa@heard.test")
    clear(experience, amir, [homes])
    assert Contact.objects.get().news_waiting


def test_what_is_returned_says_why_and_a_reply_brings_it_back(amir, homes):
    experience = ExperienceFactory()
    services.return_experience(
        experience=experience, by=amir, reason="Which year was it?", rule="unclear"
    )
    assert (experience.state, QueueItem.objects.count()) == (State.RETURNED, 0)
    assert Message.objects.get().text == "Which year was it?"
    assert [step.kind for step in Step.objects.all()] == [StepKind.ASKED]
    assert ModerationDecision.objects.get().rule == "unclear"
    reply(experience=experience, text="This year.")
    experience.refresh_from_db()
    assert (experience.state, QueueItem.objects.count()) == (State.RECEIVED, 1)
    clear(experience, amir, [homes])
    assert experience.state == State.CLEARED


def test_what_was_returned_is_taken_up_again_before_anything_else(amir, homes):
    experience = ExperienceFactory()
    services.return_experience(experience=experience, by=amir, reason="Which year?")
    with pytest.raises(services.AlreadySettled):
        clear(experience, amir, [homes])
    services.reopen_experience(experience=experience, by=amir)
    assert QueueItem.objects.count() == 1
    clear(experience, amir, [homes])
    verdicts = ModerationDecision.objects.order_by("id").values_list("verdict", flat=True)
    assert list(verdicts) == ["returned", "reopened", "cleared"]


def test_without_the_consent_it_is_answered_and_counted_nowhere(amir, homes_to_board):
    experience = ExperienceFactory(consents=[])
    services.answer_experience(experience=experience, by=amir, text="Thank you. Ring the council.")
    assert (experience.state, QueueItem.objects.count()) == (State.ANSWERED, 0)
    assert (Matter.objects.count(), Referral.objects.count()) == (0, 0)
    assert Message.objects.get().text == "Thank you. Ring the council."
    assert [step.kind for step in Step.objects.all()] == [StepKind.ANSWERED]


def test_what_is_held_is_set_aside_and_released_waits_again(amir, maud, homes):
    experience = ExperienceFactory(queued__urgency=Urgency.DANGER)
    services.hold_experience(experience=experience, by=amir, reason="A second reader, please.")
    assert (experience.state, QueueItem.objects.get().held) == (State.HELD, True)
    assert [step.kind for step in Step.objects.all()] == [StepKind.HELD]
    services.release_experience(experience=experience, by=maud)
    assert (experience.state, QueueItem.objects.get().held) == (State.RECEIVED, False)
    services.hold_experience(experience=experience, by=amir, reason="Once more.")
    clear(experience, amir, [homes])
    assert experience.state == State.CLEARED
