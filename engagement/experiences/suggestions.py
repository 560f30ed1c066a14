"""Themes the computer suggests for what waits. It never confirms one: a person does."""

from typing import Any

from engagement.experiences.models import Experience, Provenance, Tag
from engagement.themes.models import Action, Theme
from engagement.themes.services import suggester

_AT_ONCE = 50


def suggest_waiting() -> int:
    """Every waiting experience without a suggestion gets one. Says how many. Safe to run twice."""
    done = 0
    read: set[Any] = set()  # what nothing could be suggested for is not asked again in this run
    while some := _without_suggestion(read):
        read.update(experience.pk for experience in some)
        done += _suggest(some)
    return done


def _without_suggestion(read: set[Any]) -> list[Experience]:
    tagged = Tag.objects.filter(provenance=Provenance.MACHINE).values("experience")
    waiting = Experience.objects.waiting().exclude(pk__in=tagged).exclude(pk__in=read)
    return list(waiting.order_by("pk")[:_AT_ONCE])


def _suggest(some: list[Experience]) -> int:
    themes = {theme.slug: theme for theme in Theme.objects.current()}
    actions = {
        (action.theme_id, action.number): action
        for action in Action.objects.filter(theme__in=themes.values())
    }
    found = suggester().suggest_many([experience.text for experience in some])
    rows = [
        _tag(experience, themes[suggestion.slug], suggestion, rank, actions)
        for experience, suggestions in zip(some, found, strict=True)
        for rank, suggestion in enumerate(suggestions)
        if suggestion.slug in themes
    ]
    # The race: two workers suggest for one experience. The second's rows meet the first's and are
    # left out.
    Tag.objects.bulk_create(rows, ignore_conflicts=True)
    return len({row.experience_id for row in rows})


def _tag(experience: Experience, theme: Theme, suggestion, rank: int, actions: dict) -> Tag:
    first = suggestion.actions[0] if suggestion.actions else None
    return Tag(
        experience=experience,
        theme=theme,
        action=actions.get((theme.pk, first.number)) if first else None,
        provenance=Provenance.MACHINE,
        because={
            "kind": suggestion.because.kind,
            "phrase": suggestion.because.phrase,
            "confident": suggestion.confident,
        },
        rank=rank,
    )
