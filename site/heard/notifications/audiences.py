"""Which audiences a person belongs to. Rooms register what they know."""

from collections.abc import Callable, Iterable

from django.contrib.auth import get_user_model

People = list[int]
Source = Callable[[People], Iterable[tuple[int, str]]]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Add a room's answer: ids of people to pairs of (person id, audience), in one query."""
    if source not in _sources:
        _sources.append(source)
    return source


def audiences_of(people: People) -> dict[int, set[str]]:
    """{person id: audiences} for those of these people who can sign in; the others are missing."""
    active = get_user_model().objects.filter(pk__in=people, is_active=True)
    found = {pk: {f"person:{pk}"} for pk in active.values_list("pk", flat=True)}
    for source in _sources:
        for person, audience in source(list(found)):
            if person in found:
                found[person].add(audience)
    return found
