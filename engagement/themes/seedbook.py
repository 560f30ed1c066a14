"""The seeds laid out for reading: which row of a matrix is whose phrase."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from engagement.themes.passages import sentences
from engagement.themes.seeds import ActionSeed, ThemeSeed

Places = NDArray[np.intp]


@dataclass(frozen=True)
class Reading:
    """How near a text is to every theme, every seed row and every action (higher is nearer).

    `sure` says for each theme whether the text stands out towards it, or is as near to many.
    """

    themes: NDArray[np.floating]
    sure: NDArray[np.bool_]
    rows: NDArray[np.floating]
    actions: NDArray[np.floating]


class Reader(Protocol):
    """A way of reading texts against a seedbook."""

    def read(self, texts: Sequence[str]) -> list[Reading]: ...


def stands_out(scores: NDArray[np.floating], *, floor: float, lead: float) -> NDArray[np.bool_]:
    """Which themes score at least `floor`, and `lead` more than the theme in the middle."""
    return scores >= max(floor, float(np.median(scores)) + lead)


class Seedbook:
    """Themes as rows of words: the sentences of each theme's summary, then each of its phrases.

    Action titles stay out of the theme rows (measured, they pull texts to wrong themes) and are
    kept apart. A theme that says nothing about itself is known by its title.
    """

    def __init__(self, seeds: Sequence[ThemeSeed]) -> None:
        self.seeds = tuple(seeds)
        self.rows: list[str] = []
        self.of_theme: list[Places] = []
        self.summary_of_theme: list[Places] = []
        self.phrases_of_theme: list[Places] = []
        for seed in self.seeds:
            self._lay_out(seed)
        self.actions: list[ActionSeed] = [a for seed in self.seeds for a in seed.actions]
        ends = np.cumsum([0, *(len(seed.actions) for seed in self.seeds)])
        self.actions_of_theme = [np.arange(start, end) for start, end in pairwise(ends)]

    def _lay_out(self, seed: ThemeSeed) -> None:
        summary, phrases = sentences(seed.summary), list(seed.phrases)
        if not summary and not phrases:
            phrases = [seed.title]
        start, middle = len(self.rows), len(self.rows) + len(summary)
        self.rows += [*summary, *phrases]
        end = len(self.rows)
        self.of_theme.append(np.arange(start, end))
        self.summary_of_theme.append(np.arange(start, middle if summary else end))
        self.phrases_of_theme.append(np.arange(middle if phrases else start, end))

    @property
    def documents(self) -> list[str]:
        """Each theme as one text, for readers that take a theme whole."""
        return [
            " ".join((seed.title, seed.short, seed.summary, *seed.phrases)) for seed in self.seeds
        ]
