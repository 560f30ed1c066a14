"""Adds many made-up experiences, for load tests."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from heard.commands import ReadyCommand
from heard.demo.bulk import make_experiences
from heard.demo.services import ready_board


class Command(ReadyCommand):
    help = "Adds experiences, cleared, tagged and referred to the programme board, in batches."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--experiences", type=int, default=0, metavar="N")
        parser.add_argument("--topics", type=int, default=0, metavar="N")
        parser.add_argument("--posts", type=int, default=0, metavar="N")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = options["experiences"]
        if min(wanted, options["topics"], options["posts"]) < 0:
            raise CommandError("A number cannot be below 0.")
        if options["topics"] or options["posts"]:
            raise CommandError("Forums are not built yet: there are no topics or posts to add.")
        for done in make_experiences(wanted, board=ready_board()):
            if options["verbosity"]:
                self.stdout.write(f"{done:,} of {wanted:,}")
