"""Loading the programme's framework, and the suggester that learns from it."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db import models, transaction

from engagement.themes import programme as file
from engagement.themes.current_seeds import current_seeds
from engagement.themes.models import Characteristic, District, Framework
from engagement.themes.seeds import ThemeSeed
from engagement.themes.suggest import Suggester, suggester_for


@dataclass
class Loaded:
    """What loading a programme did. `kept` names rows that the file no longer holds."""

    framework: Framework
    counts: Counter = field(default_factory=Counter)
    kept: list[str] = field(default_factory=list)

    def note(self, outcome: str) -> None:
        self.counts[outcome] += 1


@transaction.atomic
def load_programme(data: Any) -> Loaded:
    """Writes a programme file's framework, themes, actions, principles, places and characteristics.

    Safe to repeat: rows are found by their slug or number, and changed words are put in place.
    Nothing is deleted, because people's words may point at it: what the file left out stays and is
    named in `kept`. A file with a higher `version` makes a new framework and leaves the old one as
    it was. Raises ProgrammeError, having written nothing, when the file is wrong.
    """
    facts = file.read(data)
    loaded = Loaded(_framework(facts))
    _themes(loaded, facts)
    _rows(
        loaded,
        loaded.framework.principles,
        "number",
        {p.number: {"title": p.title, "plain": p.plain} for p in facts.principles},
    )
    _rows(loaded, District.objects, "slug", {d.slug: {"name": d.name} for d in facts.districts})
    _rows(
        loaded,
        Characteristic.objects,
        "slug",
        {c.slug: {"name": c.name, "kind": c.kind} for c in facts.characteristics},
    )
    return loaded


def _framework(facts: file.Programme) -> Framework:
    """The framework row of this version; the highest version loaded is the current one."""
    versions = Framework.objects.filter(slug=facts.slug)
    newest = not versions.filter(version__gt=facts.version).exists()
    if newest:
        versions.exclude(version=facts.version).update(is_current=False)
    framework, _ = versions.update_or_create(
        slug=facts.slug,
        version=facts.version,
        defaults={
            "title": facts.title,
            "owner": facts.owner,
            "span": facts.span,
            "is_current": newest,
        },
    )
    return framework


def _themes(loaded: Loaded, facts: file.Programme) -> None:
    themes = loaded.framework.themes
    _rows(loaded, themes, "slug", {theme.slug: _fields(theme) for theme in facts.themes})
    actions = {theme.slug: theme.actions for theme in facts.themes}
    for row in themes.filter(slug__in=actions):
        titles = {action.number: {"title": action.title} for action in actions[row.slug]}
        _rows(loaded, row.actions, "number", titles)


def _fields(theme: file.ThemeFacts) -> dict[str, Any]:
    """A theme's columns, with lists as the database gives them back."""
    plain = {"number", "title", "short", "summary"}
    lists = {"lead_bodies", "keywords", "more_keywords"}
    return {name: getattr(theme, name) for name in plain} | {
        name: list(getattr(theme, name)) for name in lists
    }


def _rows(loaded: Loaded, rows: models.Manager, key: str, wanted: dict[Any, dict]) -> None:
    """Makes the rows that are missing, changes those that differ, and notes those left over."""
    have = {getattr(row, key): row for row in rows.all()}
    for value, fields in wanted.items():
        row = have.pop(value, None)
        if row is None:
            rows.create(**{key: value}, **fields)
            loaded.note("added")
        elif changed := [name for name, words in fields.items() if getattr(row, name) != words]:
            for name in changed:
                setattr(row, name, fields[name])
            row.save(update_fields=changed)
            loaded.note("changed")
        else:
            loaded.note("unchanged")
    loaded.kept += [f"{rows.model._meta.verbose_name}: {row}" for row in have.values()]


def seeds() -> list[ThemeSeed]:
    """What the suggester learns from: the current themes, or the programme's file before any is."""
    return list(current_seeds())


def suggester() -> Suggester:
    """The suggester of the current themes: built once in each process for each wording of them."""
    return suggester_for(current_seeds())
