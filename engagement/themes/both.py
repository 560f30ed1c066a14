"""Reading by meaning and by letters together: each sees what the other misses.

Meaning knows that "cannot get a slot at the doctor's" is about health; letters never miss a word
that the theme itself uses. Together they choose the first theme better than either alone. Behind
the first, letters only add noise (a theme whose words are absent is not less likely), so the rest
stand as meaning orders them. docs/themes.md has the figures.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from engagement.themes.embeddings import Embedder
from engagement.themes.lexicon import WordReader
from engagement.themes.meaning import MeaningReader
from engagement.themes.seedbook import Reading, Seedbook

LETTERS = 0.5  # what letters weigh beside meaning; 0.4 to 0.7 do as well


class BothReader:
    """Meaning orders the themes; letters have a say in which comes first."""

    def __init__(self, book: Seedbook, embedder: Embedder) -> None:
        self._meaning = MeaningReader(book, embedder)
        self._letters = WordReader(book)

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading a text, in order."""
        pairs = zip(self._meaning.read(texts), self._letters.read(texts), strict=True)
        return [_joined(by_meaning, by_letters) for by_meaning, by_letters in pairs]


def _joined(by_meaning: Reading, by_letters: Reading) -> Reading:
    # Letters never count against a theme, so the first one's raised score stays above all others'.
    raised = by_meaning.themes + LETTERS * by_letters.themes
    first = int(np.argmax(raised))
    themes = by_meaning.themes.copy()
    themes[first] = raised[first]
    return replace(by_meaning, themes=themes)
