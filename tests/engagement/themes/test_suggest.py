"""Suggesting themes: the bars that it must clear, and how it behaves on everything else."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from engagement.themes.suggest import (
    ActionSeed,
    Because,
    Suggester,
    ThemeSeed,
    seeds_from_programme,
    suggester_for,
)

# What people might tell us, in several voices and languages, each with its main theme.
VOICES = [
    json.loads(line)
    for line in Path(__file__).with_name("voices.jsonl").read_text(encoding="utf-8").splitlines()
]
ENGLISH = [(row["text"], row["themes"][0]) for row in VOICES if row["language"] == "en"]
OTHER_LANGUAGES = [(row["text"], row["themes"][0]) for row in VOICES if row["language"] != "en"]
HOMES = "homes-housing"


@pytest.fixture(scope="module")
def suggester():
    return Suggester(seeds_from_programme())


@pytest.fixture(scope="module")
def without_model():
    return Suggester(seeds_from_programme(), words_only=True)


def shares(suggester, voices):
    """How often the theme comes first, and how often it is among the first three."""
    found = suggester.suggest_many([text for text, _ in voices])
    slugs = [[suggestion.slug for suggestion in suggestions] for suggestions in found]
    themes = [theme for _, theme in voices]
    first = sum(of[:1] == [theme] for of, theme in zip(slugs, themes, strict=True))
    among = sum(theme in of for of, theme in zip(slugs, themes, strict=True))
    return first / len(voices), among / len(voices)


def test_a_cold_home_is_suggested_as_a_matter_of_homes(suggester):
    text = "The boiler has been broken since November and the landlord keeps changing the date."
    first, *others = suggester.suggest(text)

    assert first.slug == HOMES
    assert first.confident
    assert first.because.kind == "wrote"
    assert first.because.phrase in {"boiler", "landlord"}
    assert [action.number for action in first.actions] != []
    assert [s.score for s in (first, *others)] == sorted(
        (s.score for s in (first, *others)), reverse=True
    )
    assert len(others) == 2


def test_most_voices_in_english_find_their_theme(suggester):
    first, among_three = shares(suggester, ENGLISH)

    assert first >= 0.70
    assert among_three >= 0.85


def test_most_voices_in_urdu_arabic_and_polish_find_their_theme(suggester):
    first, among_three = shares(suggester, OTHER_LANGUAGES)

    assert first >= 0.70
    assert among_three >= 0.90


def test_without_the_model_words_alone_find_most_english_voices(without_model):
    first, among_three = shares(without_model, ENGLISH)

    assert not without_model.by_meaning
    assert first >= 0.45
    assert among_three >= 0.70


def test_without_the_model_other_scripts_get_no_suggestion_rather_than_a_wild_one(without_model):
    assert without_model.suggest("میرے گھر کی دیواروں پر نمی ہے") == []


def test_the_reason_keeps_the_writers_own_spelling(suggester):
    (first, *_) = suggester.suggest("LANDLORDS round here do what they like.")

    assert first.because == Because("wrote", "LANDLORDS")
    assert str(first.because) == "because you wrote “LANDLORDS”"


def test_a_reason_without_shared_words_names_a_phrase_of_the_theme(suggester):
    (first, *_) = suggester.suggest("میرے گھر کی دیواروں پر نمی ہے اور مالک مکان کچھ نہیں کرتا۔")
    homes = next(seed for seed in seeds_from_programme() if seed.slug == HOMES)

    assert first.slug == HOMES
    assert first.because.kind == "sounds_like"
    assert first.because.phrase in homes.phrases
    assert str(first.because) == f"because it sounds like “{first.because.phrase}”"


def test_actions_are_ranked_within_the_theme(suggester):
    (first, *_) = suggester.suggest("The school run means breathing lorry fumes and dirty air.")
    titles = [action.title for action in first.actions]

    assert first.slug == "places-transport-climate"
    assert titles[0] == "Protect residents from air pollution"
    assert sorted(action.number for action in first.actions) == [1, 2, 3, 4]


@pytest.mark.parametrize("nothing", ["", "   \n", "...!?", "12345", "😀🎉", "\0\0", "\u200f\u200e"])
def test_a_text_without_a_letter_gets_no_suggestion(suggester, nothing):
    assert suggester.suggest(nothing) == []


@pytest.mark.parametrize("nonsense", ["asdf qwer zxcv", "hello", "lorem ipsum dolor"])
def test_nonsense_is_never_suggested_with_confidence(suggester, without_model, nonsense):
    assert not any(suggestion.confident for suggestion in suggester.suggest(nonsense))
    assert not any(suggestion.confident for suggestion in without_model.suggest(nonsense))


@pytest.mark.parametrize(
    "hard",
    [
        "boiler\0broken",
        "half a character \ud800 and a damp flat",
        "<script>alert('damp')</script>",
        "x" * 50_000,
        "a\u0301" * 300,
    ],
)
def test_hard_input_is_read_without_failing(suggester, without_model, hard):
    assert len(suggester.suggest(hard)) == 3
    assert len(without_model.suggest(hard)) <= 3


def test_a_long_story_is_read_to_its_end(suggester):
    chatter = "It was a Tuesday and it was raining, and I had my dinner and watched telly. " * 30
    point = "My landlord will not mend the damp and the mould in our flat, and has put up the rent."
    (first, *_) = suggester.suggest(chatter + point)

    assert len(chatter) > 2_000
    assert first.slug == HOMES
    assert first.because.kind == "wrote"


def test_many_texts_get_what_each_would_get_alone(suggester):
    texts = [ENGLISH[0][0], "", ENGLISH[20][0], " ".join(text for text, _ in ENGLISH[:12])]

    assert suggester.suggest_many(texts) == [suggester.suggest(text) for text in texts]


def test_threads_that_start_together_get_the_same_answers():
    fresh = Suggester(seeds_from_programme())
    texts = [text for text, _ in ENGLISH[:6]]
    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: [fresh.suggest(text) for text in texts], range(4)))

    assert answers == [answers[0]] * 4


def test_limit_says_how_many(suggester):
    assert [len(suggester.suggest("the flat is damp", limit)) for limit in (1, 8)] == [1, 8]


def test_no_themes_means_no_suggestions():
    assert Suggester([]).suggest("the flat is damp") == []


@pytest.mark.parametrize("words_only", [False, True])
def test_a_framework_of_bare_titles_still_suggests(words_only):
    seeds = [
        ThemeSeed("parks", "Parks and trees", "Parks", "", [], [], [ActionSeed(1, "Plant trees")]),
        ThemeSeed("buses", "Buses and trams", "Buses", ""),
    ]
    (first, *_) = Suggester(seeds, words_only=words_only).suggest("They cut the trees down.")

    assert first.slug == "parks"
    assert [action.title for action in first.actions] == ["Plant trees"]


def test_the_same_seeds_share_one_suggester():
    assert suggester_for(seeds_from_programme()) is suggester_for(seeds_from_programme())


def test_a_changed_keyword_changes_what_is_suggested():
    before = seeds_from_programme()[:2]
    after = (*before[:1], ThemeSeed("bees", "Bees", "Bees", "Keeping bees and making honey."))

    assert suggester_for(before) is not suggester_for(after)
    assert suggester_for(after).suggest("Our hives made honey this year.")[0].slug == "bees"
