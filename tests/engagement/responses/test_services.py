"""Publishing: who is told, whose words may be quoted, and what happens when they are taken back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from engagement.board.services import decide, group_into_insight
from engagement.experiences.models import Consent, Contact, State
from engagement.experiences.services import withdraw
from engagement.responses import services
from engagement.responses.models import Quote, Response
from engagement.responses.quoting import said
from engagement.routing.services import link_duplicate
from heard.notifications.models import Notification
from tests.engagement.board.conftest import of
from tests.engagement.responses.conftest import answer, answered, passage
from tests.factories import DistrictFactory, ExperienceFactory, UserFactory, passed_on


def shown(response):
    return [passage.words for passage in said([response])[response.pk]]


def test_publishing_answers_everyone_behind_the_decision(bea, decision, willing, unwilling, homes):
    made = answer(decision, bea)
    assert set(made.experiences.all()) == {of(willing), of(unwilling)}
    assert list(made.themes.all()) == [homes]
    for matter in (willing, unwilling):
        step = of(matter).steps.last()
        assert (step.kind, step.data) == (
            "published",
            {"response_id": made.pk, "title": "A record of every repair"},
        )
        assert of(matter).state == State.ANSWERED


def test_the_board_and_managers_are_told(bea, board, decision):
    made = answer(decision, bea)
    told = Notification.objects.filter(kind="response.published", object_id=made.pk)
    assert set(told.values_list("audience", flat=True)) == {board.audience, "role:manager"}


def test_whose_own_was_linked_to_another_is_answered_too(bea, board, decision, willing):
    other = ExperienceFactory()
    link_duplicate(experience=other, original=of(willing), by=UserFactory(moderator=True))
    made = answer(decision, bea)
    other.refresh_from_db()
    assert other in made.experiences.all()
    assert other.steps.last().kind == "published"


def test_those_who_asked_to_be_contacted_have_news_waiting(bea, decision, willing):
    Consent.objects.create(experience=of(willing), purpose="contact")
    Contact.objects.create(experience=of(willing), email="someone@example.org")
    answer(decision, bea)
    assert Contact.objects.get().news_waiting


def test_sentences_of_who_agreed_are_quoted_and_neighbours_joined(bea, decision, willing):
    chosen = [passage(willing, "Nobody kept a record."), passage(willing, "No heat for two weeks.")]
    made = answer(decision, bea, quotes=chosen)
    assert shown(made) == ["No heat for two weeks. Nobody kept a record."]


def test_nothing_of_the_words_is_copied(bea, decision, willing):
    answer(decision, bea, quotes=[passage(willing, "We slept in coats.")])
    kept = str(list(Response.objects.values())) + str(list(Quote.objects.values()))
    assert "coats" not in kept


def test_words_of_who_did_not_agree_are_never_quoted(bea, decision, willing, unwilling):
    with pytest.raises(services.MayNotQuote):
        answer(
            decision, bea, quotes=[passage(willing, "No heat"), passage(unwilling, "Ask nobody")]
        )
    assert Response.objects.count() == 0


def test_words_of_somebody_behind_another_decision_are_not_quoted(bea, board, homes, decision):
    elsewhere = passed_on(board, theme=homes, consents=["insight", "quote"])
    with pytest.raises(services.MayNotQuote):
        answer(decision, bea, quotes=[(of(elsewhere), 0, 5)])


@pytest.mark.parametrize(("start", "end"), [(-1, 5), (5, 5), (6, 5), (0, 10_000)])
def test_a_passage_must_stand_in_the_text(bea, decision, willing, start, end):
    with pytest.raises(services.MayNotQuote):
        answer(decision, bea, quotes=[(of(willing), start, end)])


@pytest.mark.parametrize("purposes", [["quote"], ["insight"], None])
def test_a_withdrawn_quote_leaves_the_published_page(bea, decision, willing, client, purposes):
    made = answer(decision, bea, quotes=[passage(willing, "We slept in coats.")])
    assert shown(made) == ["We slept in coats."]
    withdraw(experience=of(willing), purposes=purposes)
    assert shown(made) == [""]


def test_a_second_yes_does_not_bring_an_old_quote_back(bea, decision, willing):
    made = answer(decision, bea, quotes=[passage(willing, "We slept in coats.")])
    withdraw(experience=of(willing), purposes=["quote"])
    of(willing).consents.filter(purpose="quote").update(withdrawn=None)
    assert shown(made) == [""]


def test_a_withdrawal_is_not_seen_in_the_published_figure_until_several_went(bea, board, homes):
    made = answered(board, homes, bea, people=8)
    everyone = list(made.experiences.all())
    next_month = timezone.localdate().replace(day=1) - timedelta(days=1)

    def release():
        Response.objects.update(counted_on=next_month)
        services.release_counts()
        made.refresh_from_db()
        return made.people

    withdraw(experience=everyone[0])
    assert (Response.objects.get().people, release()) == (8, 8)
    for experience in everyone[1:5]:
        withdraw(experience=experience)
    assert made.people == 8
    assert release() == 3
    assert services.release_counts() == 0  # safe to repeat, and not before the next month


def test_people_are_counted_and_not_rows(bea, board, homes, decision, willing):
    same = ExperienceFactory()
    link_duplicate(experience=same, original=of(willing), by=UserFactory(moderator=True))
    made = answer(decision, bea)
    assert made.people == decision.insight.people


def test_a_decision_is_answered_once(bea, decision):
    first = answer(decision, bea)
    with pytest.raises(services.AlreadyPublished) as refused:
        answer(decision, bea)
    assert refused.value.response == first


def test_a_provisional_decision_is_not_answered_yet(bea, board, homes):
    board.quorum = 3
    board.save()
    matter = passed_on(board, theme=homes)
    made = group_into_insight(board=board, matters=[matter], by=bea, title="Heat")
    for_now = decide(insight=made, by=bea, kind="note", reason="For now.")
    with pytest.raises(services.NotFinal):
        answer(for_now, bea)


def test_places_are_those_many_people_spoke_from(bea, board, homes):
    oldham, bury = DistrictFactory(slug="oldham"), DistrictFactory(slug="bury")
    many, few = (
        answered(board, homes, bea, people=5, district=oldham),
        answered(board, homes, bea, people=4, district=bury),
    )
    assert list(many.districts.all()) == [oldham]
    assert list(few.districts.all()) == []


def test_a_place_the_board_names_stands_unless_somebody_is_quoted(
    bea, board, homes, willing, oldham
):
    def decided():
        made = group_into_insight(board=board, matters=[willing], by=bea, title="Heat")
        return decide(insight=made, by=bea, kind="note", reason="Because.")

    plain = answer(decided(), bea, districts=[oldham])
    quoted = answer(decided(), bea, districts=[oldham], quotes=[passage(willing, "No heat")])
    assert list(plain.districts.all()) == [oldham]
    assert list(quoted.districts.all()) == []


def test_publishing_asks_the_database_no_more_often_for_many_than_for_few(bea, board, homes):
    counts = []
    for people in (2, 30):
        matters = [passed_on(board, theme=homes) for _ in range(people)]
        made = group_into_insight(board=board, matters=matters, by=bea, title="Heat")
        decided = decide(insight=made, by=bea, kind="note", reason="Because.")
        with CaptureQueriesContext(connection) as asked:
            answer(decided, bea)
        counts.append(len(asked))
    assert counts[0] == counts[1]
