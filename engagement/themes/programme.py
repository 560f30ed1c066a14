"""What a programme file must hold, and what is wrong with one that does not: pure, no database."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.validators import slug_re

NUMBER_MOST = 10_000


class ProgrammeError(ValueError):
    """A programme file that cannot be loaded. `problems` says each thing wrong, and where."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class ActionFacts:
    number: int
    title: str


@dataclass(frozen=True)
class ThemeFacts:
    number: int
    slug: str
    title: str
    short: str
    summary: str
    lead_bodies: tuple[str, ...]
    keywords: tuple[str, ...]
    more_keywords: tuple[str, ...]
    actions: tuple[ActionFacts, ...]


@dataclass(frozen=True)
class PrincipleFacts:
    number: int
    title: str
    plain: str


@dataclass(frozen=True)
class NamedFacts:
    """A district, or a characteristic of one kind."""

    slug: str
    name: str
    kind: str = ""


@dataclass(frozen=True)
class Programme:
    slug: str
    version: int
    title: str
    owner: str
    span: str
    themes: tuple[ThemeFacts, ...]
    principles: tuple[PrincipleFacts, ...]
    districts: tuple[NamedFacts, ...]
    characteristics: tuple[NamedFacts, ...]


class _Reader:
    """Reads one part of the file, noting every problem instead of stopping at the first."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def wrong(self, where: str, what: str) -> None:
        self.problems.append(f"{where}: {what}")

    def part(self, source: Any, key: str, where: str, kind: type) -> Any:
        value = source.get(key) if isinstance(source, dict) else None
        if isinstance(value, kind):
            return value
        self.wrong(f"{where}{key}", "must be a list" if kind is list else "must be an object")
        return kind()

    def words(self, source: dict, key: str, where: str, most: int, *, needed: bool = True) -> str:
        value = source.get(key)
        if value is None and not needed:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.wrong(f"{where}.{key}", "must be words")
            return ""
        if len(value) > most:
            self.wrong(f"{where}.{key}", f"is {len(value)} characters long; the most is {most}")
        return value.strip()

    def slug(self, source: dict, where: str, most: int) -> str:
        value = self.words(source, "slug", where, most)
        if value and not slug_re.match(value):
            self.wrong(f"{where}.slug", f"{value!r} may hold only letters, digits, - and _")
        return value

    def number(self, source: dict, key: str, where: str, default: int | None = None) -> int:
        value = source.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < NUMBER_MOST:
            self.wrong(f"{where}.{key}", "must be a whole number above 0")
            return 0
        return value

    def phrases(self, source: dict, key: str, where: str) -> tuple[str, ...]:
        value = source.get(key) or []
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.wrong(f"{where}.{key}", "must be a list of words")
        return ()

    def rows(self, items: list, where: str, read: Callable[[dict, str], Any]) -> tuple:
        found = []
        for index, item in enumerate(items):
            place = f"{where}[{index}]"
            if isinstance(item, dict):
                found.append(read(item, place))
            else:
                self.wrong(place, "must be an object")
        return tuple(found)

    def once(self, values: Iterable[Any], where: str, what: str) -> None:
        seen = set()
        for value in values:
            if value and value in seen:
                self.wrong(where, f"the {what} {value!r} stands there twice")
            seen.add(value)


def read(data: Any) -> Programme:
    """The facts of a programme file that Heard keeps. Raises ProgrammeError with all that is wrong.

    Keys that Heard does not know are left alone: the file may say more than is loaded.
    """
    reader = _Reader()
    if not isinstance(data, dict):
        raise ProgrammeError(["the file: must be a JSON object"])
    head = reader.part(data, "programme", "", dict)
    programme = Programme(
        slug=reader.slug(head, "programme", 50),
        version=reader.number(head, "version", "programme", default=1),
        title=reader.words(head, "name", "programme", 200),
        owner=reader.words(head, "owner", "programme", 200, needed=False),
        span=reader.words(head, "span", "programme", 40, needed=False),
        themes=_themes(reader, data),
        principles=_principles(reader, data),
        districts=_districts(reader, data),
        characteristics=_characteristics(reader, data),
    )
    if reader.problems:
        raise ProgrammeError(reader.problems)
    return programme


def _themes(reader: _Reader, data: dict) -> tuple[ThemeFacts, ...]:
    themes = reader.rows(
        reader.part(data, "themes", "", list), "themes", lambda item, at: _theme(reader, item, at)
    )
    if not themes and isinstance(data.get("themes"), list):
        reader.wrong("themes", "there must be at least one")
    reader.once((theme.slug for theme in themes), "themes", "slug")
    reader.once((theme.number for theme in themes), "themes", "number")
    return themes


def _theme(reader: _Reader, item: dict, where: str) -> ThemeFacts:
    actions = reader.rows(
        reader.part(item, "actions", f"{where}.", list),
        f"{where}.actions",
        lambda action, at: ActionFacts(
            number=reader.number(action, "number", at),
            title=reader.words(action, "title", at, 300),
        ),
    )
    reader.once((action.number for action in actions), f"{where}.actions", "number")
    return ThemeFacts(
        number=reader.number(item, "number", where),
        slug=reader.slug(item, where, 80),
        title=reader.words(item, "title", where, 200),
        short=reader.words(item, "short", where, 80),
        summary=reader.words(item, "summary", where, 5_000),
        lead_bodies=reader.phrases(item, "lead_bodies", where),
        keywords=reader.phrases(item, "keywords", where),
        more_keywords=reader.phrases(item, "more_keywords", where),
        actions=actions,
    )


def _principles(reader: _Reader, data: dict) -> tuple[PrincipleFacts, ...]:
    principles = reader.rows(
        reader.part(data, "principles", "", list),
        "principles",
        lambda item, at: PrincipleFacts(
            number=reader.number(item, "number", at),
            title=reader.words(item, "title", at, 200),
            plain=reader.words(item, "plain", at, 5_000, needed=False),
        ),
    )
    reader.once((principle.number for principle in principles), "principles", "number")
    return principles


def _districts(reader: _Reader, data: dict) -> tuple[NamedFacts, ...]:
    districts = reader.rows(
        reader.part(data, "districts", "", list),
        "districts",
        lambda item, at: NamedFacts(
            slug=reader.slug(item, at, 50), name=reader.words(item, "name", at, 80)
        ),
    )
    reader.once((district.slug for district in districts), "districts", "slug")
    return districts


def _characteristics(reader: _Reader, data: dict) -> tuple[NamedFacts, ...]:
    kinds = reader.part(data, "characteristics", "", dict)
    found: tuple[NamedFacts, ...] = ()
    for kind in ("protected", "additional"):
        found += reader.rows(
            reader.part(kinds, kind, "characteristics.", list),
            f"characteristics.{kind}",
            partial(_characteristic, reader, kind),
        )
    reader.once((item.slug for item in found), "characteristics", "slug")
    return found


def _characteristic(reader: _Reader, kind: str, item: dict, where: str) -> NamedFacts:
    return NamedFacts(
        slug=reader.slug(item, where, 80), name=reader.words(item, "name", where, 120), kind=kind
    )
