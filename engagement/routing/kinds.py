"""What a matter says and who is behind it: each room registers its kind, and desks ask here."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from engagement.experiences.models import Experience
from engagement.routing.models import Matter


@dataclass(frozen=True)
class MatterFacts:
    """What a desk may show of a matter now. Consent is read when this is asked for, never before.

    `answers` are pairs of a question and its answer; `consents` the purposes agreed to.
    """

    text: str = ""
    better: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    consents: frozenset[str] = frozenset()
    withdrawn: bool = False


Facts = Callable[[Sequence[Matter]], Mapping[int, MatterFacts]]
Contributors = Callable[[Sequence[Matter]], list[Experience]]


@dataclass(frozen=True)
class Kind:
    """How one kind of matter is read: what it says and who is behind it, in few queries."""

    facts: Facts
    contributors: Contributors


_kinds: dict[str, Kind] = {}


def _nobody(matters: Sequence[Matter]) -> list[Experience]:
    return []


def register(kind: str, *, facts: Facts, contributors: Contributors = _nobody) -> None:
    """Add or replace a kind."""
    _kinds[kind] = Kind(facts=facts, contributors=contributors)


def facts_of(matters: Iterable[Matter]) -> dict[int, MatterFacts]:
    """{matter id: what it says now}, for all of these; nothing of a kind nobody registered."""
    found: dict[int, MatterFacts] = {}
    for kind, some in _by_kind(matters).items():
        told = _kinds[kind].facts(some) if kind in _kinds else {}
        found.update({matter.pk: told.get(matter.pk, MatterFacts()) for matter in some})
    return found


def contributors_of(matters: Iterable[Matter]) -> list[Experience]:
    """Everyone behind these who still stands by it, each once."""
    found: dict[object, Experience] = {}
    for kind, some in _by_kind(matters).items():
        for experience in _kinds[kind].contributors(some) if kind in _kinds else []:
            found[experience.pk] = experience
    return list(found.values())


def _by_kind(matters: Iterable[Matter]) -> dict[str, list[Matter]]:
    groups: dict[str, list[Matter]] = defaultdict(list)
    for matter in matters:
        groups[matter.kind].append(matter)
    return groups
