"""The parts under suggesting: passages, words and the sentence model."""

import numpy as np
import pytest

from engagement.themes.embeddings import PHRASE_VECTORS, load_embedder, phrase_vectors
from engagement.themes.lexicon import LetterRuns, mentions
from engagement.themes.passages import MOST_PASSAGES, ONE_PASSAGE, PASSAGE, passages, sentences
from engagement.themes.seedbook import Seedbook
from engagement.themes.seeds import seeds_from_programme


def test_a_short_text_is_one_passage():
    assert passages("  The flat is damp. Nobody comes.  ") == ["The flat is damp. Nobody comes."]


def test_an_empty_text_is_no_passage():
    assert passages(" \n ") == []


def test_a_long_text_is_cut_between_sentences_and_loses_none():
    story = " ".join(f"This is sentence number {number} of my story." for number in range(30))

    assert " ".join(passages(story)) == story
    assert all(part.endswith(".") and len(part) <= PASSAGE for part in passages(story))


def test_a_very_long_text_keeps_its_first_and_last_passage():
    story = " ".join(f"This is sentence number {number} of my story." for number in range(900))
    parts = passages(story)

    assert len(parts) == MOST_PASSAGES
    assert story.startswith(parts[0])
    assert story.endswith(parts[-1])


@pytest.mark.parametrize("endless", ["x" * 20_000, "word " * 5_000, "ل" * 20_000])
def test_text_without_an_end_of_sentence_is_cut_all_the_same(endless):
    parts = passages(endless)

    assert len(parts) == MOST_PASSAGES
    assert max(map(len, parts)) <= ONE_PASSAGE


def test_sentences_end_in_every_script_we_read():
    assert sentences("گھر ٹھنڈا ہے۔ کوئی نہیں آتا۔") == ["گھر ٹھنڈا ہے۔", "کوئی نہیں آتا۔"]
    assert sentences("لماذا؟ لا أعرف.") == ["لماذا؟", "لا أعرف."]


def test_a_phrase_is_found_with_its_plural_and_its_writers_spelling():
    found = mentions("Our Landlords, and the FOOD BANK’s queue", ["landlord", "food bank", "damp"])

    assert found == {"landlord": "Landlords", "food bank": "FOOD BANK’s"}


def test_a_phrase_inside_another_word_is_not_found():
    assert mentions("She parked the carpet outside", ["park", "pet", "car"]) == {}


def test_letters_see_past_an_ending_and_give_nonsense_little():
    runs = LetterRuns(["repair the boiler", "catch the bus"])

    assert runs.likeness("repairing boilers").argmax() == 0
    assert runs.likeness("zzkw qqvx").tolist() == [0, 0]
    assert runs.likeness("zzkw qqvx bus")[1] < runs.likeness("bus")[1]


def test_every_phrase_of_the_programme_has_its_vector_shipped():
    book = Seedbook(seeds_from_programme())
    with np.load(PHRASE_VECTORS, allow_pickle=False) as file:
        shipped = set(file["phrases"].tolist())

    assert shipped == {*book.rows, *(action.title for action in book.actions)}


def test_shipped_vectors_are_what_the_model_says():
    embedder = load_embedder()
    phrases = ["damp", "food bank", "nobody told us what happened"]
    shipped = phrase_vectors(embedder, phrases, purpose="passage")

    assert np.allclose(shipped, embedder.embed(phrases, purpose="passage"), atol=0.002)


def test_a_new_phrase_is_embedded_when_it_is_first_asked_for():
    embedder = load_embedder()
    (new,) = phrase_vectors(embedder, ["keeping bees on the roof"], purpose="query")

    assert np.array_equal(new, embedder.embed(["keeping bees on the roof"], purpose="query")[0])
