"""A heading and a line for the board, offered from the cleared text. Pure; never given the raw."""

import re
from dataclasses import dataclass

GAP = "…"
LONGEST_TITLE = 80
LONGEST_SUMMARY = 200
# Where a sentence ends, in the scripts that people write to us in.
_ENDS = re.compile(r"(?<=[.!?؟۔。!?…])[\"'”’)\]]*\s+|\n+")
_MARKERS = re.compile(r"\[[^\[\]\n]{0,60}\]")
_MARKS = "\"'“”‘’«»()[]{}.,;:!?؟۔،؛。…-–—*_#>/\\|"


@dataclass(frozen=True)
class Heading:
    """What a moderator is offered, to keep or to change."""

    title: str
    summary: str


def offer(cleared: str, *, otherwise: str = "") -> Heading:
    """The first sentence as a heading and the first sentences as a line, trimmed between words.

    A word with a digit or an address leaves a gap, as does something taken out. `otherwise` is the
    heading when nothing is left.
    """
    sentences = [words for part in _ENDS.split(cleared) if (words := _plain(part))]
    if not sentences:
        return Heading(title=trim(otherwise, LONGEST_TITLE), summary="")
    title = trim(sentences[0].rstrip(".。۔"), LONGEST_TITLE)
    return Heading(title=title, summary=trim(" ".join(sentences), LONGEST_SUMMARY))


def line(title: str, summary: str) -> str:
    """The line, unless it only says the heading again."""
    return "" if summary.rstrip(" .。۔") == title.rstrip(" .。۔") else summary


def trim(words: str, longest: int) -> str:
    """At most this many characters, cut between words, with an ellipsis where something was cut."""
    words = " ".join(words.split())
    if len(words) <= longest:
        return words
    cut = words[: longest - 1]
    if not words[longest - 1].isspace() and " " in cut:
        cut = cut.rsplit(" ", 1)[0]
    return cut.rstrip(" ,;:-–—") + "…"


def _plain(sentence: str) -> str:
    words = _MARKERS.sub(" … ", sentence).split()
    kept = [GAP if _points_at_someone(word) else word for word in words]
    kept = [word for word in kept if word == GAP or word.strip(_MARKS)]
    # A gap is said once, and not at the start, where nothing is missed.
    left = re.sub(rf"{GAP}(?: {GAP})+", GAP, " ".join(kept)).removeprefix(f"{GAP} ")
    return left if any(mark.isalpha() for mark in left) else ""


def _points_at_someone(word: str) -> bool:
    bare = word.strip(_MARKS).lower()
    return (
        any(mark.isnumeric() for mark in word)
        or "@" in word
        or "://" in word
        or bare.startswith("www.")
        or re.search(r"\w\.(com|org|net|uk|co)\b", bare) is not None
    )
