"""Words are kept as they were written, but for what no page and no database can hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.plaintext import clean_text, is_blank


def test_words_stay_as_they_were_written():
    words = "O’Brien said: “Null”. <b>ہمارا گھر</b> 👩🏽‍🦽 \u200fعربي\u200f\n\n\tBye; DROP TABLE"
    assert clean_text(words) == words


def test_what_cannot_be_kept_is_dropped_and_nothing_beside_it():
    assert clean_text("a\x00b\ud800c\x07d\x1b[0m\x9fe") == "abcd[0me"


def test_every_end_of_a_line_is_one_newline():
    assert clean_text("a\r\nb\rc\nd\u2028e\u2029f") == "a\nb\nc\nd\ne\nf"


@pytest.mark.parametrize(
    "nothing", ["", "  \n\t", "\u200b\u200d", "\u2800", "\u3164", "\u202e\ufeff", "\ufe0f"]
)
def test_what_cannot_be_seen_is_nothing(nothing):
    assert is_blank(nothing)


@pytest.mark.parametrize("little", ["a", "؟", ".", "🙂", "1", "क", "ß"])
def test_a_single_mark_is_something(little):
    assert not is_blank(little)


@given(st.text(alphabet=st.characters()))
def test_cleaning_twice_changes_nothing_more(text):
    assert clean_text(clean_text(text)) == clean_text(text)
