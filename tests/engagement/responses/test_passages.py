"""Where sentences stand in a text."""

import pytest

from engagement.responses.passages import joined, sentences


def words(text):
    return [text[passage.start : passage.end] for passage in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("No end in sight", ["No end in sight"]),
        ("A line\n\nAnd another.  ", ["A line", "And another."]),
        ("It cost £3.50 a day. “Too much.” She left.", ["It cost £3.50 a day.", "“Too much.”", "She left."]),
        ("گھر ٹھنڈا ہے۔ کوئی نہیں آیا۔", ["گھر ٹھنڈا ہے۔", "کوئی نہیں آیا۔"]),
        ("", []),
        (" \n ", []),
    ],
)  # fmt: skip
def test_a_text_is_cut_into_its_sentences(text, expected):
    assert words(text) == expected


def test_together_the_sentences_hold_every_word():
    text = "First... second?! third\nfourth.Fifth no space. 🙂 Sixth"
    assert "".join("".join(words(text)).split()) == "".join(text.split())


def test_neighbours_are_joined_and_others_are_not():
    text = "One. Two. Three. Four."
    one, two, _three, four = sentences(text)
    chosen = joined([four, two, one], text)
    assert [text[start:end] for start, end in chosen] == ["One. Two.", "Four."]


def test_overlapping_passages_become_one():
    assert joined([(0, 6), (3, 9)], "x" * 20) == [(0, 9)]


def test_a_long_text_without_an_end_is_cut_in_no_time():
    assert len(sentences("a " * 20_000)) == 1
