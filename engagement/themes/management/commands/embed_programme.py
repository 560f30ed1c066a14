"""Make the vectors of the programme's phrases anew; run it after changing programme.json."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from engagement.themes.embeddings import PHRASE_VECTORS, load_embedder, write_phrase_vectors
from engagement.themes.seedbook import Seedbook
from engagement.themes.seeds import seeds_from_programme


class Command(BaseCommand):
    help = "Writes programme_vectors.npz beside programme.json, so that no page waits for it."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        embedder = load_embedder()
        if embedder is None:
            raise CommandError("The sentence model is not available on this machine.")
        book = Seedbook(seeds_from_programme())
        phrases = [*book.rows, *(action.title for action in book.actions)]
        write_phrase_vectors(embedder, phrases)
        self.stdout.write(f"{len(set(phrases))} phrases written to {PHRASE_VECTORS.name}")
