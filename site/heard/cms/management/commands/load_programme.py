"""Loads a programme file and plants the pages that show it."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from engagement.themes.programme import ProgrammeError
from engagement.themes.seeds import PROGRAMME
from engagement.themes.services import Loaded, load_programme
from heard.cms.services import plant_site
from heard.commands import ReadyCommand


class Command(ReadyCommand):
    help = "Loads the programme and plants the site's pages where they are missing. Safe to repeat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=PROGRAMME)

    def handle(self, *args: Any, **options: Any) -> None:
        loaded = self._load(options["file"])
        plant_site()
        if not options["verbosity"]:
            return
        counts = ", ".join(f"{number} {what}" for what, number in sorted(loaded.counts.items()))
        self.stdout.write(f"{loaded.framework}: {counts}.")
        for row in loaded.kept:
            self.stdout.write(f"Kept, though the file leaves it out: {row}.")

    def _load(self, file: Path) -> Loaded:
        try:
            return load_programme(json.loads(file.read_text(encoding="utf-8")))
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}") from error
        except ValueError as error:
            if isinstance(error, ProgrammeError):
                problems = "\n".join(f"  {problem}" for problem in error.problems)
                raise CommandError(f"{file} was not loaded:\n{problems}") from error
            raise CommandError(f"{file} is not JSON in UTF-8: {error}") from error
