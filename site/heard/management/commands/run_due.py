"""Run what is due: word of news, clocks, retention. Safe to run at any time, and twice."""

from typing import Any

from django.core.management.base import CommandError

from heard import due
from heard.commands import ReadyCommand


class Command(ReadyCommand):
    help = "Run every job that is due. Run it from a timer, such as every ten minutes."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what each job did; fail at the end when one of them failed."""
        outcomes = due.run()
        for name, outcome in outcomes.items():
            failed = isinstance(outcome, Exception)
            said = f"failed ({type(outcome).__name__})" if failed else outcome
            self.stdout.write(f"{name}: {'done' if said is None else said}")
        failures = [name for name, outcome in outcomes.items() if isinstance(outcome, Exception)]
        if failures:
            raise CommandError(f"{', '.join(failures)} failed")
