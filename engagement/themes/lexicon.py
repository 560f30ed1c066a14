"""Words without a model: finding a theme's phrases in a text, and likeness by runs of letters.

Runs of letters forgive endings and slips of the pen ("repaired", "repiars"); whole words do not.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from engagement.themes.seedbook import Reading, Seedbook, stands_out

WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)?")
SHORTEST_RUN, LONGEST_RUN = 3, 5
BEST_ROWS = 3
FLOOR, LEAD = 0.02, 0.06  # see stands_out; docs/themes.md says what they buy
# Words that carry no subject: a likeness made of these is not a likeness.
EMPTY_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        a about an and are as at be been but by can could did do does for from had has have he her
        him his how i if in into is it its just me more my no not of on or our out she should so
        some such than that the their them then there these they this those to up us very was we
        were what when where which who will with would you your
        """,
    )
)


def words(text: str) -> list[str]:
    """The text's words, folded for comparing."""
    return [_fold(match.group()) for match in WORD.finditer(text)]


def _fold(word: str) -> str:
    return word.casefold().replace("’", "'")


def _root(word: str) -> str:
    """A word without its plural or possessive s: enough to meet "landlords" with "landlord"."""
    word = word.removesuffix("'s")
    return word[:-1] if len(word) > 2 and word.endswith("s") and not word.endswith("ss") else word


def mentions(text: str, phrases: Iterable[str]) -> dict[str, str]:
    """The phrases that a text holds word for word (plurals forgiven), in the writer's spelling."""
    spans = [(match.start(), match.end()) for match in WORD.finditer(text)]
    roots = [_root(_fold(text[start:end])) for start, end in spans]
    places: dict[str, list[int]] = {}
    for place, root in enumerate(roots):
        places.setdefault(root, []).append(place)
    found: dict[str, str] = {}
    for phrase in phrases:
        wanted = [_root(word) for word in words(phrase)]
        for place in places.get(wanted[0], []) if wanted else []:
            if roots[place : place + len(wanted)] == wanted:
                found[phrase] = text[spans[place][0] : spans[place + len(wanted) - 1][1]]
                break
    return found


class LetterRuns:
    """TF-IDF over runs of letters inside words, as unit rows; learnt once from a few documents."""

    def __init__(self, documents: Sequence[str]) -> None:
        counted = [_runs(document) for document in documents]
        seen = Counter(run for runs in counted for run in runs)
        self._column = {run: place for place, run in enumerate(seen)}
        self._rarity = np.array(
            [math.log((1 + len(documents)) / (1 + times)) + 1 for times in seen.values()]
        )
        self._rarest = float(self._rarity.max(initial=0.0))
        self._rows = np.array([self._row(runs) for runs in counted]).reshape(
            len(documents), len(seen)
        )

    def likeness(self, text: str) -> NDArray[np.float64]:
        """The text's cosine with every document, 0 to 1."""
        likeness: NDArray[np.float64] = self._rows @ self._row(_runs(text))
        return likeness

    def _row(self, runs: Counter[str]) -> NDArray[np.float64]:
        """A row of length 1, less the part of the text that no document has (all of nonsense)."""
        row = np.zeros(len(self._column))
        unknown = 0.0
        for run, times in runs.items():
            weight = 1 + math.log(times)
            if (place := self._column.get(run)) is not None:
                row[place] = weight * self._rarity[place]
            else:
                unknown += (weight * self._rarest) ** 2
        length = math.sqrt(float(row @ row) + unknown)
        return row / length if length else row


def _runs(text: str) -> Counter[str]:
    padded = [f" {word} " for word in words(text) if word not in EMPTY_WORDS]
    return Counter(
        word[start : start + size]
        for word in padded
        for size in range(SHORTEST_RUN, LONGEST_RUN + 1)
        for start in range(len(word) - size + 1)
    )


class WordReader:
    """Reads by letters. A theme scores half its three nearest rows, half the theme as a whole."""

    def __init__(self, book: Seedbook) -> None:
        self._book = book
        self._rows = LetterRuns(book.rows)
        self._themes = LetterRuns(book.documents)
        self._actions = LetterRuns([action.title for action in book.actions])

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading a text, in order."""
        return [self._read(text) for text in texts]

    def _read(self, text: str) -> Reading:
        near = self._rows.likeness(text)
        best = [np.sort(near[places])[-BEST_ROWS:].mean() for places in self._book.of_theme]
        themes = (np.array(best) + self._themes.likeness(text)) / 2
        return Reading(
            themes=themes,
            sure=stands_out(themes, floor=FLOOR, lead=LEAD),
            rows=near,
            actions=self._actions.likeness(text),
        )
