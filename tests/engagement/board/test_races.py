"""Two deeds at once: one happens, the other is told, and a withdrawal always wins."""

import threading

import pytest
from django.db import connection

from engagement.board import services
from engagement.board.models import Decision
from engagement.experiences.models import Purpose, State
from engagement.experiences.services import withdraw
from engagement.responses.models import Quote
from engagement.responses.quoting import said
from engagement.responses.services import MayNotQuote, publish_response
from tests.engagement.board.conftest import of
from tests.factories import BoardFactory, ThemeFactory, UserFactory, passed_on

TURNS = 10


def race(*deeds):
    """Each deed in a thread of its own, started together; what each came to, refusals too."""
    start, results = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(place, deed):
        start.wait()
        try:
            results[place] = deed()
        except Exception as refused:
            results[place] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def decide(insight, by, reason):
    return services.decide(insight=insight, by=by, kind="note", reason=reason)


@pytest.fixture
def desk(transactional_db):
    board = BoardFactory()
    return board, UserFactory(member_of=board), ThemeFactory(), UserFactory(moderator=True)


def put_together(desk, **shared):
    board, bea, theme, amir = desk
    matter = passed_on(board, theme=theme, by=amir, **shared)
    made = services.group_into_insight(board=board, matters=[matter], by=bea, title="Heat")
    return matter, made


def test_of_two_members_who_decide_at_once_one_is_told_what_the_other_decided(desk):
    board, bea, _theme, _amir = desk
    bo = UserFactory(member_of=board)
    for _turn in range(TURNS):
        matter, made = put_together(desk)
        results = race(
            lambda made=made: decide(made, bea, "Bea"), lambda made=made: decide(made, bo, "Bo")
        )
        refused = [result for result in results if isinstance(result, services.AlreadyDecided)]
        assert len(refused) == 1, results
        assert refused[0].decision == Decision.objects.get(insight=made)
        assert of(matter).steps.filter(kind="decided").count() == 1


def test_a_decision_and_a_withdrawal_at_once_both_end_and_nothing_follows_the_withdrawal(desk):
    bea = desk[1]
    for _turn in range(TURNS):
        matter, made = put_together(desk)
        experience = of(matter)
        results = race(
            lambda made=made: decide(made, bea, "Because."),
            lambda one=experience: withdraw(experience=one, purposes=["insight"]),
        )
        assert not any(isinstance(result, Exception) for result in results), results
        assert of(matter).state == State.WITHDRAWN
        assert of(matter).steps.last().kind == "withdrawn"


def test_words_taken_back_while_they_are_published_are_never_shown(desk):
    bea = desk[1]
    for _turn in range(TURNS):
        matter, made = put_together(desk, consents=["insight", "quote"])
        experience, decision = of(matter), decide(made, bea, "Because.")
        published, taken_back = race(
            lambda decision=decision, one=experience: publish_response(
                decision=decision, by=bea, title="Heat", heard="Cold homes.", reason="So.",
                next_step="Soon.", outcome="none", quotes=[(one, 0, 11)],
            ),
            lambda one=experience: withdraw(experience=one, purposes=[Purpose.QUOTE]),
        )  # fmt: skip
        assert taken_back is None
        if isinstance(published, MayNotQuote):
            continue
        assert Quote.objects.filter(response=published).exists()
        assert [passage.words for passage in said([published])[published.pk]] == [""]
