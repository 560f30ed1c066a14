"""Linking an experience to one like it: people are counted, not words, and both get the answer."""

from django.db import transaction
from django.db.models import F

from engagement.experiences.erasure import KIND
from engagement.experiences.models import HEARD_STATES, Experience, Step, StepKind
from engagement.experiences.services import add_story, mark_news
from engagement.routing import tagging
from engagement.routing.clearing import CannotClear, NoInsightConsent, finish, take
from engagement.routing.models import Matter
from engagement.routing.referring import CHANGED, tell_of
from heard.moderation.models import Verdict

# What became of the first one that the second's writer should see too.
_SHARED_STEPS = frozenset(
    {
        StepKind.REFERRED,
        StepKind.GROUPED,
        StepKind.DECIDED,
        StepKind.COMMITTED,
        StepKind.PUBLISHED,
    }
)


class NotLikeIt(CannotClear):
    """There is no matter to link it to: it is the same one, or the other was not passed on."""


@transaction.atomic
def link_duplicate(
    *, experience: Experience, original: Experience, by, version: int | None = None
) -> Matter:
    """It says what another says: one matter, one person more, each later step for both receipts.

    Its own words are not passed on, and nothing is deleted. Raises NotLikeIt, and as clearing does.
    """
    found, item = take(experience, by=by, version=version)
    if not found.agreed_insight:
        raise NoInsightConsent
    first, matter = _root(found, original)
    found.same_as, found.state = first, first.state
    found.save(update_fields=["same_as", "state"])
    themes = list(matter.themes.all())
    tagging.confirm(experience=found, themes=themes, actions=list(matter.actions.all()), by=by)
    # The race: two are linked to one at once. The database adds, so neither person is lost.
    Matter.objects.filter(pk=matter.pk).update(people=F("people") + 1)
    matter.refresh_from_db(fields=["people"])
    story = [(StepKind.HEARD, {"themes": [theme.short for theme in themes]})]
    shared = Step.objects.filter(experience=first, kind__in=_SHARED_STEPS)
    add_story(experience=found, story=[*story, *((step.kind, step.data) for step in shared)])
    if found.agreed_contact:
        mark_news(experiences=[found])
    finish(found, item, by=by, verdict=Verdict.DUPLICATE, reason=first.reference)
    tell_of(matter.referrals.standing().select_related("theme"), kind=CHANGED)
    experience.state, experience.same_as = found.state, first
    return matter


def _root(experience: Experience, original: Experience) -> tuple[Experience, Matter]:
    """The one that was passed on, locked, and its matter: a link to a link leads to the first."""
    wanted = original.same_as_id or original.pk
    first = Experience.objects.select_for_update(of=("self",)).filter(pk=wanted).first()
    if first is None or first.pk == experience.pk or first.state not in HEARD_STATES:
        raise NotLikeIt
    matter = Matter.objects.standing().filter(kind=KIND, reference=first.reference).first()
    if matter is None:
        raise NotLikeIt
    return first, matter
