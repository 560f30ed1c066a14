"""Changing a matter's themes after it was passed on. Old themes stay in the history."""

from collections.abc import Collection

from django.db import transaction

from engagement.experiences.models import Experience, StepKind
from engagement.experiences.services import add_steps, mark_news
from engagement.routing import tagging
from engagement.routing.clearing import NeedsThemes
from engagement.routing.kinds import contributors_of
from engagement.routing.models import Matter
from engagement.routing.referring import CHANGED, CREATED, refer_again, tell_of
from engagement.themes.models import Action, Theme
from heard.moderation import services as moderation
from heard.moderation.models import Verdict


@transaction.atomic
def retag_matter(
    *, matter: Matter, themes: Collection[Theme], actions: Collection[Action] = (), by
) -> Matter:
    """The matter is about these themes now, and goes where the rules send it now.

    Those it no longer fits are told that it is recalled, unless they already work on it; those who
    keep it are told that it changed; new ones get it. Raises NeedsThemes.
    """
    if not themes:
        raise NeedsThemes
    people = _lock_people(matter)
    locked = Matter.objects.select_for_update(of=("self",)).get(pk=matter.pk)
    before = sorted(theme.slug for theme in locked.themes.all())
    tagging.unconfirm(experiences=people, other_than=themes)
    for experience in people:
        tagging.confirm(experience=experience, themes=themes, actions=actions, by=by)
    locked.themes.set(themes)
    locked.actions.set(actions)
    sent, touched = refer_again(matter=locked, themes=themes, actions=actions)
    if sent.referrals and people:
        add_steps(experiences=people, kind=StepKind.REFERRED, data={"to": sent.to})
        mark_news(experiences=people)
    after = sorted(theme.slug for theme in themes)
    moderation.record(
        kind=locked.kind,
        object_id=locked.reference,
        by=by,
        verdict=Verdict.RETAGGED,
        reason=f"{', '.join(before)} → {', '.join(after)}",
    )
    tell_of(touched, kind=CHANGED)
    tell_of(sent.referrals, kind=CREATED)
    return locked


def _lock_people(matter: Matter) -> list[Experience]:
    """The experiences behind it, locked before the matter itself.

    The race: two people change its themes, or one does while a writer takes words back. All take
    the experiences' rows first and the matter's after, so that none waits for another in a ring.
    """
    people = contributors_of([matter])
    rows = Experience.objects.select_for_update(of=("self",)).order_by("pk")
    list(rows.filter(pk__in=[person.pk for person in people]).values_list("pk"))
    return contributors_of([matter])
