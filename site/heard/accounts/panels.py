"""What a person's own page shows: rooms register a panel each."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.functional import Promise

from heard.navigation import Door


@dataclass(frozen=True)
class Panel:
    """A titled list of links, or the words for when there are none."""

    title: str | Promise
    doors: list[Door] = field(default_factory=list)
    empty: str | Promise = ""


Source = Callable[[object], Panel]
_sources: list[Source] = []


def register(source: Source) -> Source:
    """Add a room's panel: a function of the person whose page it is."""
    if source not in _sources:
        _sources.append(source)
    return source


def panels_of(user) -> list[Panel]:
    """The panels of this person's page that have something to say, in the order of the rooms."""
    panels = [source(user) for source in _sources]
    return [panel for panel in panels if panel.doors or panel.empty]
