"""How good the suggestions are on labelled statements: `suggest_quality.py statements.jsonl`.

Each row holds `text` and `themes` (slugs, the main one first, or "none"), and may hold
`label_confidence` and `duplicate_of`. Prints what docs/themes.md reports. Not part of the suite.
"""

import argparse
import json
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]

from engagement.themes.suggest import Suggester, seeds_from_programme  # noqa: E402


def is_clear(row: dict) -> bool:
    """A sure label, no repeat of another row, and more than three words."""
    return (
        row.get("label_confidence") == "high"
        and not row.get("duplicate_of")
        and len(row["text"].split()) > 3
    )


def share(hits: list[bool]) -> float:
    return sum(hits) / len(hits) if hits else float("nan")


def macro(rows: list[dict], hits: list[bool]) -> float:
    """The mean over main themes of the share within each, so that rare themes count as much."""
    by_theme: dict[str, list[bool]] = {}
    for row, hit in zip(rows, hits, strict=True):
        by_theme.setdefault(row["themes"][0], []).append(hit)
    return share([share(of_theme) for of_theme in by_theme.values()])  # type: ignore[misc]


def figures(name: str, rows: list[dict], suggested: list[list[str]]) -> None:
    def line(label: str, hits: list[bool]) -> None:
        print(f"  {label:<42}{share(hits):.3f}   macro {macro(rows, hits):.3f}")

    print(f"{name}: {len(rows)} rows")
    pairs = list(zip(rows, suggested, strict=True))
    line(
        "first is one of the row's themes", [s[:1] != [] and s[0] in r["themes"] for r, s in pairs]
    )
    line("first is the row's main theme", [s[:1] == r["themes"][:1] for r, s in pairs])
    line("one of its themes is in the first three", [bool({*s} & {*r["themes"]}) for r, s in pairs])
    line("its main theme is in the first three", [r["themes"][0] in s for r, s in pairs])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("statements", type=Path)
    parser.add_argument("--words-only", action="store_true", help="without the sentence model")
    chosen = parser.parse_args()
    lines = chosen.statements.read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    rows = [row for row in rows if row["themes"] and row["themes"][0] != "none"]
    suggester = Suggester(seeds_from_programme(), words_only=chosen.words_only)
    print("reading by", "meaning" if suggester.by_meaning else "letters")
    start = time.perf_counter()
    found = suggester.suggest_many([row["text"] for row in rows])
    each = (time.perf_counter() - start) / max(len(rows), 1)
    suggested = [[suggestion.slug for suggestion in suggestions] for suggestions in found]
    figures("with a theme", rows, suggested)
    clear = [place for place, row in enumerate(rows) if is_clear(row)]
    if clear:
        figures("clear", [rows[place] for place in clear], [suggested[place] for place in clear])
    sure = [
        (row, suggestions[0])
        for row, suggestions in zip(rows, found, strict=True)
        if suggestions and suggestions[0].confident
    ]
    right = share([first.slug in row["themes"] for row, first in sure])
    print(f"first is confident on {len(sure)} rows, and then right on {right:.3f}")
    print(f"{1000 * each:.0f} ms a row")


if __name__ == "__main__":
    main()
