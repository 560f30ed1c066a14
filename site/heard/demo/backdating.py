"""Moves what the demo just did into the past. Only the demo may: the services write today's date.

Days are counted back from today, so the demo always looks a few weeks old.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone

from engagement.board.models import Commitment, Decision, Insight, InsightMatter
from engagement.experiences.erasure import KIND
from engagement.experiences.models import Consent, Experience, Message, Step, StepKind
from engagement.responses.models import Response
from engagement.routing.models import Matter, Referral
from heard.moderation.models import ModerationDecision, QueueItem

READ_AFTER = 2  # days until a moderator read it


def experience(experience: Experience, days: int) -> None:
    """It was shared that many days ago, and read two days later."""
    shared, read = _day(days), _day(days - READ_AFTER)
    Experience.objects.filter(pk=experience.pk).update(shared_on=shared)
    Consent.objects.filter(experience=experience).update(given=shared)
    steps = Step.objects.filter(experience=experience)
    steps.filter(kind=StepKind.SAID).update(happened_on=shared)
    steps.exclude(kind=StepKind.SAID).update(happened_on=read)
    Message.objects.filter(experience=experience).update(sent_on=read)
    of_it = {"kind": KIND, "object_id": experience.reference}
    QueueItem.objects.filter(**of_it).update(arrived=_moment(days))
    ModerationDecision.objects.filter(**of_it).update(made=_moment(days - READ_AFTER))
    matters = Matter.objects.filter(kind=KIND, reference=experience.reference)
    matters.update(raised_on=read)
    Referral.objects.filter(matter__in=matters).update(made=_moment(days - READ_AFTER))


def grouped(insight: Insight, behind: Sequence[Experience], days: int) -> None:
    """The board put them together that many days ago."""
    Insight.objects.filter(pk=insight.pk).update(made=_moment(days))
    InsightMatter.objects.filter(insight=insight).update(added=_moment(days))
    _steps(behind, [StepKind.GROUPED], days)


def decided(insight: Insight, behind: Sequence[Experience], days: int) -> None:
    """The board decided that many days ago, and what was promised was promised then."""
    Decision.objects.filter(insight=insight).update(made=_moment(days))
    Commitment.objects.filter(decision__insight=insight).update(made=_moment(days))
    _steps(behind, [StepKind.DECIDED, StepKind.COMMITTED], days)


def published(insight: Insight, behind: Sequence[Experience], days: int) -> None:
    """The answer was published that many days ago."""
    answers = Response.objects.filter(decision__insight=insight)
    answers.update(published_on=_day(days), counted_on=_day(days))
    _steps(behind, [StepKind.PUBLISHED], days)


def _steps(behind: Sequence[Experience], kinds: list[str], days: int) -> None:
    Step.objects.filter(experience__in=behind, kind__in=kinds).update(happened_on=_day(days))


def _day(days: int) -> date:
    return timezone.localdate() - timedelta(days=max(days, 0))


def _moment(days: int) -> datetime:
    return timezone.now() - timedelta(days=max(days, 0))
