"""What the suggester learns a theme from: the framework's own words, as plain data.

The programme's file lies beside this module: suggesting works before any framework is loaded.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

PROGRAMME = Path(__file__).with_name("programme.json")


@dataclass(frozen=True)
class ActionSeed:
    """A numbered action under a theme."""

    number: int
    title: str


@dataclass(frozen=True)
class ThemeSeed:
    """A theme in its own words. Lists are kept as tuples, so that seeds compare and cache."""

    slug: str
    title: str
    short: str
    summary: str
    keywords: Sequence[str] = ()
    more_keywords: Sequence[str] = ()
    actions: Sequence[ActionSeed] = ()

    def __post_init__(self) -> None:
        for field in ("keywords", "more_keywords", "actions"):
            object.__setattr__(self, field, tuple(getattr(self, field)))

    @property
    def phrases(self) -> tuple[str, ...]:
        """Every short phrase that stands for the theme, each once, in the framework's order."""
        return tuple(dict.fromkeys((*self.keywords, *self.more_keywords)))


def seeds_from_programme(path: Path = PROGRAMME) -> tuple[ThemeSeed, ...]:
    """The themes of a programme file, in its order."""
    programme = json.loads(path.read_text(encoding="utf-8"))
    return tuple(
        ThemeSeed(
            slug=theme["slug"],
            title=theme["title"],
            short=theme["short"],
            summary=theme["summary"],
            keywords=theme["keywords"],
            more_keywords=theme["more_keywords"],
            actions=[ActionSeed(action["number"], action["title"]) for action in theme["actions"]],
        )
        for theme in programme["themes"]
    )
