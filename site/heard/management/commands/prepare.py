"""`manage.py prepare`: everything a start needs from the database, in one process."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from heard.commands import database_is_behind


class Command(BaseCommand):
    help = (
        "Migrate where the database is behind, load the programme, and the demo unless told not to."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", choices=["yes", "no"], default="yes")

    def handle(self, *args: Any, **options: Any) -> None:
        if database_is_behind():
            self.stdout.write("Setting up the database (half a minute, once)")
            call_command("migrate", verbosity=0, interactive=False)
        call_command("load_programme", verbosity=0)
        if options["demo"] == "yes":
            call_command("load_demo")
