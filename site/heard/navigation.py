"""Doors for those who work here: rooms register the desks that a person may open."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Door:
    """A way in: where it leads, what it is called, and whether whoever looks is inside."""

    url: str
    label: str | Promise
    current: bool = False


Source = Callable[[object], Iterable[Door]]
_sources: list[Source] = []

PUBLIC = (
    Door("/share/", _("Share")),
    Door("/changes/", _("You said, we did")),
    Door("/themes/", _("Themes")),
    Door("/spaces/", _("Spaces")),
    Door("/receipt/", _("Your receipt")),
)
OWN = Door("/me/", _("Your page"))


def register(source: Source) -> Source:
    """Add a room's answer: given a person who is signed in, the desks that they may open."""
    if source not in _sources:
        _sources.append(source)
    return source


def desks_of(user) -> list[Door]:
    """The desks this person may open; none for somebody who is not signed in."""
    if not user.is_authenticated:
        return []
    return [door for source in _sources for door in source(user)]


def public_doors(request: HttpRequest) -> list[Door]:
    """The five doors that everybody has, then desks and their own page for those signed in."""
    return _marked(request, [*PUBLIC, *_inner_doors(request)])


def desk_doors(request: HttpRequest) -> list[Door]:
    """On a desk: the desks first, then one's own page and what is public."""
    return _marked(request, [*_inner_doors(request), Door("/changes/", _("You said, we did"))])


def _inner_doors(request: HttpRequest) -> list[Door]:
    """Nothing is asked of the database for somebody who carries no session."""
    user = getattr(request, "user", None)
    return [*desks_of(user), OWN] if user and user.is_authenticated else []


def _marked(request: HttpRequest, doors: list[Door]) -> list[Door]:
    return [replace(door, current=request.path.startswith(door.url)) for door in doors]
