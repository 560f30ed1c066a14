"""Which themes a text may be about, best first, and why. START HERE for suggesting.

A suggestion is an offer to a person, never a finding: only a person confirms a tag. This module
knows nothing of Django or the database: it takes seeds and texts, and gives suggestions.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import numpy as np

from engagement.themes.both import BothReader
from engagement.themes.embeddings import Embedder, load_embedder
from engagement.themes.lexicon import WordReader, mentions
from engagement.themes.seedbook import Reader, Reading, Seedbook
from engagement.themes.seeds import ActionSeed, ThemeSeed, seeds_from_programme

__all__ = [
    "ActionSeed",
    "Because",
    "RankedAction",
    "Suggester",
    "Suggestion",
    "ThemeSeed",
    "seeds_from_programme",
    "suggester_for",
]


@dataclass(frozen=True)
class Because:
    """Why a theme is offered: words the writer `wrote`, or a phrase of the theme it `sounds_like`.

    Pages word it in the reader's language from `kind` and `phrase`; `str()` is plain English.
    """

    kind: Literal["wrote", "sounds_like"]
    phrase: str

    def __str__(self) -> str:
        start = "because you wrote" if self.kind == "wrote" else "because it sounds like"
        return f"{start} “{self.phrase}”"


@dataclass(frozen=True)
class RankedAction:
    """One of the theme's actions, with how near the text is to its title."""

    number: int
    title: str
    score: float


@dataclass(frozen=True)
class Suggestion:
    """A theme that a text may be about. Scores compare within one text only.

    `confident` is False when the text is hardly nearer to this theme than to the others: offer it
    as a guess or not at all.
    """

    slug: str
    score: float
    because: Because
    actions: tuple[RankedAction, ...]
    confident: bool


class Suggester:
    """Suggests among the themes of `seeds`; safe to share between threads.

    Reads by meaning and by letters, with `embedder` or this process's model, loaded at the first
    suggestion. Where there is none, or with `words_only`, by letters alone and so in English alone.
    """

    def __init__(
        self,
        seeds: Sequence[ThemeSeed],
        embedder: Embedder | None = None,
        *,
        words_only: bool = False,
    ) -> None:
        self._book = Seedbook(seeds)
        self._embedder = embedder
        self._words_only = words_only
        self._reader: Reader | None = None
        self._lock = threading.Lock()

    @property
    def by_meaning(self) -> bool:
        """Whether a sentence model reads the texts (and languages other than English are read)."""
        return isinstance(self._ready(), BothReader)

    def suggest(self, text: str, limit: int = 3) -> list[Suggestion]:
        """The likeliest themes, best first; none for a text without a letter in it."""
        return self.suggest_many([text], limit)[0]

    def suggest_many(self, texts: Sequence[str], limit: int = 3) -> list[list[Suggestion]]:
        """Suggestions for each text, in order: the same as one by one, in fewer passes."""
        readable = [place for place, text in enumerate(texts) if any(map(str.isalpha, text))]
        suggested: list[list[Suggestion]] = [[] for _ in texts]
        if not readable or not self._book.seeds:
            return suggested
        readings = self._ready().read([texts[place] for place in readable])
        for place, reading in zip(readable, readings, strict=True):
            suggested[place] = self._suggestions(texts[place], reading, limit)
        return suggested

    def _ready(self) -> Reader:
        # Two first readers at once would load everything twice; the second waits for the first.
        with self._lock:
            if self._reader is None:
                embedder = None if self._words_only else self._embedder or load_embedder()
                self._reader = (
                    BothReader(self._book, embedder) if embedder else WordReader(self._book)
                )
            return self._reader

    def _suggestions(self, text: str, reading: Reading, limit: int) -> list[Suggestion]:
        scores = reading.themes
        ranked = np.argsort(-scores, kind="stable")
        # What stands behind an unsure first is not sure either: the readers disagree about the text.
        sure = reading.sure & reading.sure[ranked[0]]
        return [
            Suggestion(
                slug=self._book.seeds[place].slug,
                score=float(scores[place]),
                because=self._because(text, place, reading),
                actions=self._actions(place, reading),
                confident=bool(sure[place]),
            )
            for place in ranked[:limit]
            if scores[place] > 0
        ]

    def _because(self, text: str, theme: int, reading: Reading) -> Because:
        """The writer's own words where the theme has them, else the theme's nearest phrase."""
        book = self._book
        nearest_first = sorted(book.phrases_of_theme[theme], key=lambda row: -reading.rows[row])
        phrases = [book.rows[row] for row in nearest_first]
        found = mentions(text, phrases)
        for phrase in phrases:
            if phrase in found:
                return Because("wrote", found[phrase])
        return Because("sounds_like", phrases[0])

    def _actions(self, theme: int, reading: Reading) -> tuple[RankedAction, ...]:
        ranked = sorted(self._book.actions_of_theme[theme], key=lambda row: -reading.actions[row])
        return tuple(
            RankedAction(
                self._book.actions[row].number,
                self._book.actions[row].title,
                float(reading.actions[row]),
            )
            for row in ranked
        )


@lru_cache(maxsize=4)
def suggester_for(seeds: tuple[ThemeSeed, ...]) -> Suggester:
    """One shared suggester for these seeds: a changed framework gets a new one, the model stays."""
    return Suggester(seeds)
