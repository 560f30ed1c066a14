"""What can be moderated. Each room registers its kind: the queue knows no room above it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from heard.widgets import Words


@dataclass(frozen=True)
class RowFacts:
    """What the queue shows of one thing.

    `note` says in words what hard things are inside; with it the excerpt stays closed until opened.
    """

    title: Words
    reference: str = ""
    lines: tuple[Words, ...] = ()
    excerpt: str = ""
    note: Words = ""


Rows = Callable[[Sequence[str]], Mapping[str, RowFacts]]


@dataclass(frozen=True)
class Kind:
    """A kind of thing people wrote: its name, its rows (in few queries), its page."""

    name: str
    label: Words
    rows: Rows
    url: Callable[[str], str]


_kinds: dict[str, Kind] = {}


def register(kind: str, label: Words, *, rows: Rows, url: Callable[[str], str]) -> None:
    """Add or replace a kind. `rows` is given object ids and answers {object_id: RowFacts}."""
    _kinds[kind] = Kind(kind, label, rows, url)


def forget(kind: str) -> None:
    """Take a kind out again, as a test does."""
    _kinds.pop(kind, None)


def known(kind: str) -> Kind | None:
    """The kind by its name, or None when its room is not installed."""
    return _kinds.get(kind)
