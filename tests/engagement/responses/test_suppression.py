"""How many people spoke, without pointing at any of them."""

import itertools

import pytest

from engagement.responses import suppression


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "fewer than 5 people"),
        (1, "fewer than 5 people"),
        (4, "fewer than 5 people"),
        (5, "about 5 people"),
        (7, "about 5 people"),
        (8, "about 10 people"),
        (12, "about 10 people"),
        (43, "about 45 people"),
        (1238, "about 1,240 people"),
    ],
)
def test_a_count_is_said_rounded_to_five_and_never_when_small(count, words):
    assert suppression.in_words(count) == words


def test_the_same_question_has_the_same_answer():
    assert {suppression.in_words(43) for _ in range(1000)} == {"about 45 people"}


def test_what_is_said_of_a_small_count_fits_every_small_count():
    said = {suppression.in_words(count) for count in range(5)}
    assert len(said) == 1


def test_every_rounded_figure_fits_several_counts():
    fits = {}
    for count in range(5, 503):
        fits.setdefault(suppression.rounded(count), []).append(count)
    assert min(len(counts) for counts in fits.values()) >= 3


def test_the_threshold_is_the_servers(settings):
    settings.SMALL_NUMBER = 10
    assert suppression.in_words(9) == "fewer than 10 people"
    assert suppression.rounded(9) == 0


def test_a_release_never_moves_by_fewer_than_the_small_number():
    for before, after in itertools.product(range(30), repeat=2):
        moved = suppression.next_release(released=before, counted=after)
        assert moved == (after if abs(after - before) >= 5 else before)


def test_one_person_coming_or_going_never_changes_what_is_said():
    for count in range(1, 60):
        for other in (count - 1, count + 1):
            said = suppression.in_words(suppression.next_release(released=count, counted=other))
            assert said == suppression.in_words(count)


def test_beside_a_quote_only_places_many_spoke_from_are_named():
    people = {1: 5, 2: 4}
    assert suppression.places_to_name([1, 2, 3], people_by_place=people, quoted=True) == [1]
    assert suppression.places_to_name([1, 2, 3], people_by_place=people, quoted=False) == [1, 2, 3]
