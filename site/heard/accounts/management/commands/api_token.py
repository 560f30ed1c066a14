"""Prints a token for the API."""

from typing import Any

from django.core.management.base import CommandError, CommandParser
from knox.models import get_token_model

from heard.accounts.models import User
from heard.commands import ReadyCommand


class Command(ReadyCommand):
    help = (
        "Makes a token for somebody's use of the API and prints it last: Authorization: Token ..."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(email__iexact=options["email"].strip()).first()
        if person is None:
            raise CommandError(f"Nobody signs in as {options['email']}.")
        if not person.is_active:
            raise CommandError(f"{person.email} is switched off and may not use the API.")
        # A later token does not end an earlier one; knox keeps a hash, so it is shown this once.
        _row, token = get_token_model().objects.create(user=person)
        self.stdout.write(token)
