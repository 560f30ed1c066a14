"""The reader for matters of kind "experience": cleared words, and all who said the same."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from engagement.experiences.erasure import KIND
from engagement.experiences.models import Experience, Purpose, State
from engagement.experiences.services import consents_of
from engagement.routing.kinds import MatterFacts
from engagement.routing.models import Matter

__all__ = ["KIND", "contributors", "facts"]


def facts(matters: Sequence[Matter]) -> dict[int, MatterFacts]:
    """The cleared words of each, while its writer agrees that they are used; never the raw ones."""
    rows = {row.reference: row for row in _experiences(matters).prefetch_related("answers")}
    consents = consents_of(rows.values())
    return {
        matter.pk: _facts(rows[matter.reference], consents)
        for matter in matters
        if matter.reference in rows
    }


def contributors(matters: Sequence[Matter]) -> list[Experience]:
    """Those who shared these, and those whose own were linked to them, while they agree."""
    references = [matter.reference for matter in matters]
    same = Q(reference__in=references) | Q(same_as__reference__in=references)
    standing = Experience.objects.filter(same).exclude(state=State.WITHDRAWN)
    return list(standing.consented(Purpose.INSIGHT).order_by("pk"))


def _experiences(matters: Sequence[Matter]):
    return Experience.objects.filter(reference__in=[matter.reference for matter in matters])


def _facts(experience: Experience, consents: dict[Any, frozenset[str]]) -> MatterFacts:
    agreed = consents[experience.pk]
    if experience.state == State.WITHDRAWN or Purpose.INSIGHT not in agreed:
        return MatterFacts(withdrawn=True)
    answers = [(answer.question, answer.cleared_text) for answer in experience.answers.all()]
    return MatterFacts(
        text=experience.cleared_text,
        better=experience.cleared_better,
        answers=tuple(pair for pair in answers if pair[1]),
        consents=agreed,
    )
