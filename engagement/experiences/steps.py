"""What happened to an experience, one row a step, in order. Called through `services`."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max

from engagement.experiences.models import Experience, Step

_AT_ONCE = 500


def add_step(*, experience: Experience, kind: str, data: Mapping[str, Any] | None = None) -> Step:
    """One thing happened to this experience; its receipt shows it from now on."""
    return add_steps(experiences=[experience], kind=kind, data=data)[0]


@transaction.atomic
def add_steps(
    *, experiences: Sequence[Experience], kind: str, data: Mapping[str, Any] | None = None
) -> list[Step]:
    """The same thing happened to all of these. One insert for every few hundred."""
    made: list[Step] = []
    wanted = sorted({experience.pk for experience in experiences})
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        lock(some)
        steps = Step.objects.filter(experience__in=some).order_by()
        last = dict(steps.values_list("experience").annotate(Max("position")))
        made += Step.objects.bulk_create(
            Step(experience_id=pk, kind=kind, data=dict(data or {}), position=last.get(pk, 0) + 1)
            for pk in some
        )
    return made


def add_story(
    *, experience: Experience, story: Sequence[tuple[str, Mapping[str, Any]]]
) -> list[Step]:
    """Several things happened to one experience in one deed, in this order: (kind, data) each.

    For a deed that holds the experience's row locked already: one read and one insert.
    """
    last = experience.steps.order_by().aggregate(last=Max("position"))["last"] or 0
    return Step.objects.bulk_create(
        Step(experience_id=experience.pk, kind=kind, data=dict(data), position=place)
        for place, (kind, data) in enumerate(story, start=last + 1)
    )


def lock(wanted: Sequence[Any]) -> None:
    """Put deeds on one experience in line. The race: two at once, each counting its steps."""
    rows = Experience.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    list(rows.values_list("pk"))
