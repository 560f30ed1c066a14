"""Signs that somebody may be in danger: their life, abuse, a child at risk. Nothing here blocks.

A sign only brings help on to the next page and a person sooner to the words. It reads phrases and
not meaning, so it misses some and is wrong about others: it never stands in for the moderator, who
reads everything. The phrases are in `danger_phrases` (English) and `danger_languages`.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

from engagement.experiences import danger_languages
from engagement.experiences import danger_phrases as phrases

LIFE, ABUSE, CHILD = "danger:life", "danger:abuse", "danger:child"


class Weight(IntEnum):
    """How plainly the words say it."""

    POSSIBLE = 1
    CLEAR = 2


@dataclass(frozen=True)
class Sign:
    """One kind of danger that a text speaks of, and how plainly."""

    code: str
    weight: Weight


def signs(text: str) -> list[Sign]:
    """The kinds of danger a text speaks of, each once at its greatest weight; none for most texts.

    1. Idioms ("dying to see", "killing time") are taken out first, so that they count for nothing.
    2. A clear phrase outweighs a possible one of the same kind.
    3. Abuse told by somebody who gives an age under 18 is a child at risk too.
    """
    words = _without_idioms(_plain(text))
    found: dict[str, Weight] = {}
    for code, weight, pattern in _patterns():
        if weight > found.get(code, 0) and pattern.search(words):
            found[code] = weight
    if ABUSE in found and _under_18().search(words):
        found[CHILD] = max(found.get(CHILD, found[ABUSE]), found[ABUSE])
    return [Sign(code, found[code]) for code in (LIFE, ABUSE, CHILD) if code in found]


# Letters that are written in more than one way, as the phrases below are folded too.
_FOLDED = str.maketrans(
    {
        "ł": "l", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ے": "ي", "ک": "ك",
        "ة": "ه", "ۃ": "ه", "ہ": "ه", "ھ": "ه", "ۀ": "ه", "ـ": "",
        "\u2018": "'", "\u2019": "'", "\u02bc": "'", "`": "'", "\u00b4": "'", "\u200c": " ",
    }
)  # fmt: skip
_ACCENTS = re.compile(
    "[\u0300-\u036f\u064b-\u065f\u0670\u200b\u200d-\u200f\u202a-\u202e\u2066-\u2069]"
)


def _plain(text: str) -> str:
    """The words in one way of writing: small letters, no accents or apostrophes, single spaces."""
    composed = unicodedata.normalize("NFKC", text).casefold().translate(_FOLDED)
    bare = _ACCENTS.sub("", unicodedata.normalize("NFD", composed)).replace("'", "")
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", bare))


def _without_idioms(words: str) -> str:
    return _idioms().sub(" … ", words)


@cache
def _idioms() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(phrases.IDIOMS)})")


@cache
def _under_18() -> re.Pattern[str]:
    return re.compile(phrases.UNDER_18)


@cache
def _patterns() -> tuple[tuple[str, Weight, re.Pattern[str]], ...]:
    kinds = {"life": LIFE, "abuse": ABUSE, "child": CHILD}
    rows = [
        (kinds[kind], Weight[weight.upper()], rf"\b(?:{'|'.join(patterns)})")
        for (kind, weight), patterns in phrases.ENGLISH.items()
    ]
    rows += [
        (kinds[kind], Weight[weight.upper()], "|".join(_phrase(phrase) for phrase in others))
        for language in danger_languages.OTHERS
        for (kind, weight), others in language.items()
    ]
    return tuple((code, weight, re.compile(pattern)) for code, weight, pattern in rows)


def _phrase(phrase: str) -> str:
    """A phrase as a pattern: at a word's start in Latin letters; anywhere in other scripts."""
    folded = _plain(phrase)
    return rf"(?<!\w){re.escape(folded)}" if folded.isascii() else re.escape(folded)
