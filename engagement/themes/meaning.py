"""Reading by meaning: a text's sentence vector against the theme's own sentences and phrases.

Vectors of this model all point much the same way; what tells subjects apart is what is left once
the middle of the themes is taken off ("centring"). Every seed row is embedded twice, as a question
and as a passage: each errs differently and their mean errs less. docs/themes.md has figures.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engagement.themes.embeddings import Embedder, Purpose, Vectors, phrase_vectors
from engagement.themes.passages import passages
from engagement.themes.seedbook import Reading, Seedbook, stands_out

# A theme's score: its best row, the mean of its rows, and the mean of its summary, which says what
# the theme is about as a whole and would drown among the phrases.
BEST, MEAN, SUMMARY = 0.4, 0.4, 0.2
FLOOR, LEAD = 0.14, 0.04  # see stands_out
PURPOSES: tuple[Purpose, ...] = ("query", "passage")


class _Side:
    """The seed rows and actions embedded for one purpose, centred on the middle of the themes."""

    def __init__(self, book: Seedbook, embedder: Embedder, purpose: Purpose) -> None:
        rows = phrase_vectors(embedder, book.rows, purpose=purpose)
        self.middle: Vectors = np.stack(
            [rows[places].mean(axis=0) for places in book.of_theme]
        ).mean(axis=0, dtype=np.float32)
        titles = [action.title for action in book.actions]
        self.rows = _centred(rows, self.middle)
        self.actions = (
            _centred(phrase_vectors(embedder, titles, purpose=purpose), self.middle)
            if titles
            else rows[:0]
        )


def _centred(vectors: Vectors, middle: Vectors) -> Vectors:
    moved = vectors - middle
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    centred: Vectors = moved / np.maximum(lengths, np.float32(1e-9))
    return centred


class MeaningReader:
    """Reads texts in any language the model knows. A long text is read passage by passage."""

    def __init__(self, book: Seedbook, embedder: Embedder) -> None:
        self._book = book
        self._embedder = embedder
        self._sides = [_Side(book, embedder, purpose) for purpose in PURPOSES]

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """One reading a text, in order. Over passages: half the best score, half the mean."""
        cut = [passages(text) or [""] for text in texts]
        vectors = self._embedder.embed([p for parts in cut for p in parts], purpose="query")
        ends = np.cumsum([len(parts) for parts in cut])[:-1]
        return [self._reading(of_text) for of_text in np.split(vectors, ends)]

    def _reading(self, vectors: Vectors) -> Reading:
        moved = [(_centred(vectors, side.middle), side) for side in self._sides]
        rows = np.mean([passage @ side.rows.T for passage, side in moved], axis=0)
        actions = np.mean([passage @ side.actions.T for passage, side in moved], axis=0)
        of_passages = self._scores(rows)
        of_text = (of_passages.max(axis=0) + of_passages.mean(axis=0)) / 2
        return Reading(
            themes=of_text,
            sure=stands_out(of_text, floor=FLOOR, lead=LEAD),
            rows=rows.max(axis=0),
            actions=actions.max(axis=0),
        )

    def _scores(self, rows: NDArray[np.floating]) -> NDArray[np.floating]:
        """Passages by themes, from passages by rows."""
        book = self._book
        return np.stack(
            [
                BEST * rows[:, places].max(axis=1)
                + MEAN * rows[:, places].mean(axis=1)
                + SUMMARY * rows[:, summary].mean(axis=1)
                for places, summary in zip(book.of_theme, book.summary_of_theme, strict=True)
            ],
            axis=1,
        )
