"""Add suggested themes to a file of texts: `suggest_themes --in X.jsonl --out Y.jsonl`."""

import json
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from engagement.themes.current_seeds import current_seeds
from engagement.themes.suggest import Suggester, ThemeSeed, seeds_from_programme

ROWS_AT_ONCE = 64


class Command(BaseCommand):
    help = "Adds `suggested` (theme slugs, best first) to each row of a file of JSON lines."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--in", dest="source", type=Path, required=True, metavar="X.jsonl")
        parser.add_argument("--out", dest="target", type=Path, required=True, metavar="Y.jsonl")
        parser.add_argument("--limit", type=int, default=3, help="how many a row (3)")
        parser.add_argument(
            "--words-only", action="store_true", help="read as where the sentence model is missing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["limit"] < 1:
            raise CommandError("--limit must be 1 or more")
        suggester = Suggester(_seeds(), words_only=options["words_only"])
        rows = _rows(options["source"])
        lines = _with_suggestions(rows, suggester, options["limit"])
        count = _write_whole(options["target"], lines)
        self.stdout.write(f"{count} rows written to {options['target']}")


def _seeds() -> tuple[ThemeSeed, ...]:
    """The database's themes; the programme's own file where there is no database yet."""
    try:
        return current_seeds()
    except DatabaseError:
        return seeds_from_programme()


def _rows(source: Path) -> Iterator[dict[str, Any]]:
    """The file's rows, blank lines left out; says which line cannot be read."""
    try:
        with source.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield _row(line, f"{source}, line {number}")
    except OSError as error:
        raise CommandError(f"Cannot read {source}: {error.strerror}") from error


def _row(line: bytes, where: str) -> dict[str, Any]:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise CommandError(f"{where}: not JSON ({error})") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise CommandError(f'{where}: a row must be an object with a "text" of characters')
    return row


def _with_suggestions(
    rows: Iterator[dict[str, Any]], suggester: Suggester, limit: int
) -> Iterator[bytes]:
    while batch := list(islice(rows, ROWS_AT_ONCE)):
        suggested = suggester.suggest_many([row["text"] for row in batch], limit)
        for row, suggestions in zip(batch, suggested, strict=True):
            yield _line({**row, "suggested": [suggestion.slug for suggestion in suggestions]})


def _line(row: dict[str, Any]) -> bytes:
    try:
        return json.dumps(row, ensure_ascii=False).encode() + b"\n"
    except UnicodeEncodeError:  # half a character, which JSON can spell and UTF-8 cannot
        return json.dumps(row).encode() + b"\n"


def _write_whole(target: Path, lines: Iterator[bytes]) -> int:
    """Write all lines or, when one fails, leave what was there. In and out may be one file."""
    count = 0
    try:
        with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
            part = Path(file.name)
            try:
                for count, line in enumerate(lines, start=1):  # noqa: B007
                    file.write(line)
            except BaseException:
                part.unlink()
                raise
        part.chmod(0o666 & ~_umask())
        part.replace(target)
    except OSError as error:
        raise CommandError(f"Cannot write {target}: {error.strerror}") from error
    return count


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
