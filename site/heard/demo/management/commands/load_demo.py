"""Loads the demo: twelve people, their spaces and their stories."""

from typing import Any

from heard.commands import ReadyCommand
from heard.demo.people import PEOPLE, demo_password
from heard.demo.services import load_demo, walk_receipt


class Command(ReadyCommand):
    help = "Loads the demo's people and stories, and prints how to sign in. Safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        password = demo_password()
        new = load_demo(password)
        if not options["verbosity"]:
            return
        self.stdout.write(f"The demo is loaded: {new} new stories. All of it is made up.")
        for person in PEOPLE:
            self.stdout.write(f"  {person.email:<24} {person.does}")
        self.stdout.write(f"Their password: {password}")
        self.stdout.write(f"A receipt to try at /receipt/: {walk_receipt()}")
