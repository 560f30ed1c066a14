"""Confirming themes. Only a person does; what was ticked and suggested before stays as it was."""

from collections.abc import Collection

from engagement.experiences.models import Experience, Provenance, Tag
from engagement.routing.models import Matter
from engagement.themes.models import Action, Theme


def confirm(
    *, experience: Experience, themes: Collection[Theme], actions: Collection[Action], by
) -> None:
    """These are its themes, says this person; the writer's own ticks that agree are confirmed."""
    first = {action.theme_id: action for action in reversed(list(actions))}
    experience.tags.filter(theme__in=themes, provenance=Provenance.RESIDENT).update(confirmed=True)
    Tag.objects.bulk_create(
        [
            Tag(
                experience=experience,
                theme=theme,
                action=first.get(theme.pk),
                provenance=Provenance.PERSON,
                confirmed=True,
                rank=rank,
                by=by,
            )
            for rank, theme in enumerate(themes)
        ],
        update_conflicts=True,
        unique_fields=["experience", "theme", "provenance"],
        update_fields=["action", "confirmed", "rank", "by"],
    )


def unconfirm(*, experiences: Collection[Experience], other_than: Collection[Theme]) -> None:
    """Themes that no longer hold stay in the history, unconfirmed."""
    confirmed = Tag.objects.filter(experience__in=experiences, confirmed=True)
    confirmed.exclude(theme__in=other_than).update(confirmed=False)


def put_themes(*, matter: Matter, themes: Collection[Theme], actions: Collection[Action]) -> None:
    """A new matter's themes and actions, without asking first which it has."""
    places = Matter.themes.through
    places.objects.bulk_create(places(matter_id=matter.pk, theme_id=theme.pk) for theme in themes)
    if actions:
        kept = Matter.actions.through
        kept.objects.bulk_create(
            kept(matter_id=matter.pk, action_id=action.pk) for action in actions
        )
