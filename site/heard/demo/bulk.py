"""Many experiences at once, for load tests: cleared, tagged and referred to the programme's board.

Rows are written as sharing, clearing and routing leave them, but in batches and without the deeds:
nobody is told, nothing waits in the queue, and no task runs.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from engagement.experiences import receipts
from engagement.experiences.erasure import KIND
from engagement.experiences.models import (
    Consent,
    Experience,
    Provenance,
    Purpose,
    Receipt,
    State,
    Step,
    StepKind,
    Tag,
)
from engagement.routing.models import Matter, Referral
from engagement.themes.models import District, Theme
from heard.demo.phrases import heading, story
from heard.spaces.models import Board

BATCH = 1_000
DAYS = 180  # they were shared over the last half year
LETTERS = "2346789CDFGHJKMNPQRTVWXYZ"  # as references have them
FOR_A_TEST: dict[str, Any] = {"rule": None, "name": "made for a load test", "when": []}


@dataclass
class Batch:
    """Rows of one batch, in the order in which they can be written."""

    experiences: list[Experience] = field(default_factory=list)
    around: dict[type[Model], list] = field(default_factory=dict)
    matters: list[tuple[Matter, list[Theme]]] = field(default_factory=list)

    def add(self, *rows) -> None:
        for row in rows:
            self.around.setdefault(type(row), []).append(row)


def make_experiences(number: int, *, board: Board) -> Iterator[int]:
    """Adds this many to what is there, a batch in a transaction; yields how many are done."""
    random = Random(secrets.randbits(64))  # noqa: S311 - for variety, not for secrets
    themes = list(Theme.objects.current())
    districts = [None, *District.objects.all()]
    done = 0
    while done < number:
        size = min(BATCH, number - done)
        batch = Batch()
        for reference in _free_references(size):
            _one(batch, random, reference, themes, random.choice(districts))
        _write(batch, board)
        done += size
        yield done


def _one(
    batch: Batch, random: Random, reference: str, themes: list[Theme], district: District | None
) -> None:
    """One experience with all that belongs to it, as clearing leaves it."""
    about = random.sample(themes, k=random.choice((1, 1, 2)))
    day = timezone.localdate() - timedelta(days=random.randint(1, DAYS))
    text = story(random, about[0].slug)
    one = Experience(
        reference=reference, text=text, cleared_text=text, language="en", district=district,
        state=State.CLEARED, shared_on=day,
    )  # fmt: skip
    batch.experiences.append(one)
    batch.add(_receipt(one), *_steps(one, about, day))
    for rank, theme in enumerate(about):
        batch.add(
            Tag(experience=one, theme=theme, rank=rank, provenance=Provenance.PERSON,
                confirmed=True)
        )  # fmt: skip
    for purpose in (Purpose.INSIGHT, Purpose.QUOTE)[: random.choice((1, 2))]:
        batch.add(Consent(experience=one, purpose=purpose, given=day))
    matter = Matter(
        kind=KIND, reference=reference, title=heading(random, about[0].slug),
        summary=text.split(". ")[0], district=district, raised_on=day,
    )  # fmt: skip
    batch.matters.append((matter, about))


def _steps(one: Experience, about: list[Theme], day: date) -> list[Step]:
    told: tuple[tuple[str, dict[str, Any]], ...] = (
        (StepKind.SAID, {}),
        (StepKind.HEARD, {"themes": [theme.short for theme in about], "redacted": False}),
        (StepKind.REFERRED, {"to": []}),
    )
    return [
        Step(experience=one, kind=kind, data=data, happened_on=day, position=position)
        for position, (kind, data) in enumerate(told, start=1)
    ]


def _receipt(one: Experience) -> Receipt:
    """A receipt that nobody has: its number is not kept."""
    key = secrets.token_urlsafe(32)
    return Receipt(
        experience=one,
        digest=receipts.digest(receipts.derive(key)),
        key_digest=receipts.key_digest(key),
        body_digest=receipts.body_digest({}),
    )


@transaction.atomic
def _write(batch: Batch, board: Board) -> None:
    Experience.objects.bulk_create(batch.experiences)
    for model, rows in batch.around.items():
        model._default_manager.bulk_create(rows)
    matters = Matter.objects.bulk_create(matter for matter, _ in batch.matters)
    places = Matter.themes.through
    places.objects.bulk_create(
        places(matter_id=matter.pk, theme_id=theme.pk)
        for matter, (_, themes) in zip(matters, batch.matters, strict=True)
        for theme in themes
    )
    Referral.objects.bulk_create(
        Referral(matter=matter, board=board, because=[FOR_A_TEST]) for matter in matters
    )


def _free_references(size: int) -> set[str]:
    """This many references that no experience has."""
    free: set[str] = set()
    while len(free) < size:
        wanted = {_reference() for _ in range(size - len(free))}
        taken = Experience.objects.filter(reference__in=wanted).values_list("reference", flat=True)
        free |= wanted - set(taken)
    return free


def _reference() -> str:
    letters = "".join(secrets.choice(LETTERS) for _ in range(6))
    return f"HD-{letters[:4]}-{letters[4:]}"
