"""The demo's stories as data. Every word of them was made up for the demo."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Story:
    """What somebody shared, how many days ago, and what became of it."""

    id: str
    text: str
    days: int
    better: str = ""
    about: str = ""
    district: str = ""
    community: str = ""
    language: str = "en"
    email: str = ""
    themes: tuple[str, ...] = ()
    consents: tuple[str, ...] = ()
    state: str = "cleared"
    title: str = ""
    summary: str = ""
    redacted: str = ""
    quote: str = ""
    insight: str = ""
    asks: str = ""
    replies: str = ""
    answer: str = ""

    @property
    def key(self) -> str:
        """The idempotency key under which it is shared, so that it is shared once."""
        return f"demo:{self.id}"


def stories() -> list[Story]:
    """All of them, oldest first."""
    found = [
        Story(**_tuples(row))
        for file in sorted((HERE / "stories").glob("*.json"))
        for row in json.loads(file.read_text(encoding="utf-8"))
    ]
    return sorted(found, key=lambda story: -story.days)


def insights() -> list[dict[str, Any]]:
    """What the demo's board made of them, oldest first."""
    found = json.loads((HERE / "insights.json").read_text(encoding="utf-8"))
    return sorted(found, key=lambda insight: -insight["grouped"])


def _tuples(row: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in row.items()}
