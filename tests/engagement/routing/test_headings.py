"""A heading and a line, offered from the cleared text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagement.routing.headings import LONGEST_SUMMARY, LONGEST_TITLE, line, offer, trim


def test_the_first_sentence_is_the_heading_and_the_first_ones_are_the_line():
    found = offer("The heating is off. Nobody came. We are cold!")
    assert (found.title, found.summary) == (
        "The heating is off",
        "The heating is off. Nobody came. We are cold!",
    )


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Ring 07700 900123 or rosa@heard.test now.", "Ring … or … now"),
        ("I, [name removed], am cold.", "I, … am cold"),
        ("See www.heard.test/rosa and heard.co.uk please.", "See … and … please"),
        ("گھر ٹھنڈا ہے۔ کوئی نہیں آیا۔", "گھر ٹھنڈا ہے"),
        ("البيت بارد؟ لم يأت أحد.", "البيت بارد؟"),
        ("۰۷۷۰۰ ۹۰۰۱۲۳", "Homes"),
        ("[name removed]", "Homes"),
        ("12 345!", "Homes"),
        ("07700 900123 is my number", "is my number"),
        ("", "Homes"),
        ("Too cold here", "Too cold here"),
    ],
)
def test_nothing_that_points_at_somebody_is_offered(text, title):
    assert offer(text, otherwise="Homes").title == title


def test_what_is_long_is_cut_between_words():
    found = offer("word " * 100)
    assert found.title.endswith("word…")
    assert len(found.title) <= LONGEST_TITLE
    assert trim("a" * 90, 80) == "a" * 79 + "…"
    assert trim("short", 80) == "short"


def test_a_line_that_only_says_the_heading_again_is_left_out():
    assert line("It is cold", "It is cold.") == ""
    assert line("It is cold", "It is cold. Nobody came.") == "It is cold. Nobody came."


@given(st.text(max_size=500))
def test_for_any_text_there_is_no_digit_and_nothing_too_long(text):
    found = offer(text)
    assert len(found.title) <= LONGEST_TITLE
    assert len(found.summary) <= LONGEST_SUMMARY
    assert not any(mark.isnumeric() or mark == "@" for mark in found.title + found.summary)
