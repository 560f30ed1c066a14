"""What a moderator does with an experience that waits. Each deed is one transaction.

The experience's row is locked first and its state says whether it still waits: of two moderators at
once one gets through, and the other is told who was first and what became of it.
"""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from engagement.experiences import erasure
from engagement.experiences.erasure import KIND
from engagement.experiences.models import (
    Answer,
    Consent,
    Experience,
    Purpose,
    State,
    StepKind,
)
from engagement.experiences.services import add_step, add_story, ask, mark_news
from engagement.routing import headings, tagging
from engagement.routing.models import Matter
from engagement.routing.referring import CREATED, Sent, refer, tell_of
from engagement.themes.models import Action, Theme
from heard.moderation import services as moderation
from heard.moderation.models import QueueItem, Verdict
from heard.moderation.services import AlreadySettled

# What a moderator can act on; what was returned waits for its writer, or is taken up again first.
ON_THE_DESK = frozenset({State.RECEIVED, State.HELD})


class CannotClear(Exception):
    """It cannot be passed on as it is asked. Nothing was written."""


class NoInsightConsent(CannotClear):
    """The writer did not agree that it is used: it is answered, and never passed on or counted."""


class NeedsThemes(CannotClear):
    """No theme was confirmed."""


class NothingLeft(CannotClear):
    """There are no words left to pass on."""


@transaction.atomic
def clear_experience(
    *,
    experience: Experience,
    by,
    themes: Collection[Theme],
    actions: Collection[Action] = (),
    title: str = "",
    summary: str = "",
    text: str | None = None,
    better: str | None = None,
    answers: Mapping[int, str] | None = None,
    version: int | None = None,
) -> Matter:
    """It is passed on: cleared words, confirmed themes, a matter, its referrals, and the events.

    `text`, `better` and `answers` ({answer id: words}) are the words with details taken out; None
    leaves the writer's own. Without a title or summary they are offered from the cleared words.
    Raises NeedsThemes, NoInsightConsent, NothingLeft; AlreadySettled, AlreadyClaimed, Changed.
    """
    if not themes:
        raise NeedsThemes
    found, item = take(experience, by=by, version=version)
    if not found.agreed_insight:
        raise NoInsightConsent
    cleared = found.text if text is None else text
    if not cleared.strip():
        raise NothingLeft
    tagging.confirm(experience=found, themes=themes, actions=actions, by=by)
    _keep_words(found, cleared, found.better if better is None else better, answers)
    matter = _make_matter(found, themes, actions, title, summary, flags=item.flags if item else [])
    sent = refer(matter=matter, themes=themes, actions=actions)
    _step(found, sent, themes)
    finish(found, item, by=by, verdict=Verdict.CLEARED)
    tell_of(sent.referrals, kind=CREATED)
    _show(experience, found)
    return matter


@transaction.atomic
def answer_experience(*, experience: Experience, by, text: str, version: int | None = None) -> None:
    """The writer is answered and it ends here: never passed on, never counted."""
    found, item = take(experience, by=by, version=version)
    _set_state(found, State.ANSWERED)
    ask(experience=found, by=by, text=text, step=StepKind.ANSWERED)
    finish(found, item, by=by, verdict=Verdict.ANSWERED, reason=text)
    _show(experience, found)


@transaction.atomic
def return_experience(
    *, experience: Experience, by, reason: str, rule: str = "", version: int | None = None
) -> None:
    """The writer is told why and may answer; their answer brings it back to the queue."""
    found, item = take(experience, by=by, version=version)
    _set_state(found, State.RETURNED)
    ask(experience=found, by=by, text=reason)
    finish(found, item, by=by, verdict=Verdict.RETURNED, reason=reason, rule=rule)
    _show(experience, found)


@transaction.atomic
def hold_experience(
    *, experience: Experience, by, reason: str, rule: str = "", version: int | None = None
) -> None:
    """It is set aside with a reason for the team; the writer sees that we take extra care."""
    found, item = take(experience, by=by, version=version)
    if item is None:
        raise AlreadySettled(moderation.last_decision(KIND, found.reference))
    _set_state(found, State.HELD)
    add_step(experience=found, kind=StepKind.HELD)
    moderation.hold(
        kind=KIND, object_id=found.reference, by=by, reason=reason, rule=rule, item=item
    )
    _show(experience, found)


@transaction.atomic
def release_experience(
    *, experience: Experience, by, reason: str = "", version: int | None = None
) -> None:
    """What was set aside waits in turn again."""
    found, item = take(experience, by=by, version=version)
    if item is None:
        raise AlreadySettled(moderation.last_decision(KIND, found.reference))
    _set_state(found, State.RECEIVED)
    moderation.release(kind=KIND, object_id=found.reference, by=by, reason=reason, item=item)
    _show(experience, found)


@transaction.atomic
def reopen_experience(*, experience: Experience, by) -> None:
    """What was returned waits in the queue again, though its writer has not replied."""
    found, _item = take(experience, by=by, states={State.RETURNED})
    _set_state(found, State.RECEIVED)
    verdict = Verdict.REOPENED
    moderation.record(kind=KIND, object_id=found.reference, by=by, verdict=verdict)
    moderation.enqueue(kind=KIND, object_id=found.reference)
    _show(experience, found)


@transaction.atomic
def close_withdrawn(*, experience: Experience, by, version: int | None = None) -> None:
    """What its writer took back, and what waited because it spoke of danger, has been looked at.

    It leaves the queue; when nothing is agreed to any more, the words kept for this are erased.
    """
    found, item = take(experience, by=by, version=version, states={State.WITHDRAWN})
    if item is None:
        raise AlreadySettled(moderation.last_decision(KIND, found.reference))
    finish(found, item, by=by, verdict=Verdict.TAKEN_BACK)
    if not found.consents.standing().exists():
        erasure.erase_words(found)
    _show(experience, found)


@transaction.atomic
def open_original(*, experience: Experience, by, reason: str) -> Experience:
    """The sealed words, for a reason that is kept with the name of who opened them and when."""
    if not reason.strip():
        raise ValueError("a reason is needed to open the original")
    moderation.record(
        kind=KIND,
        object_id=experience.reference,
        by=by,
        verdict=Verdict.OPENED_ORIGINAL,
        reason=reason,
    )
    return Experience.objects.get(pk=experience.pk)


def take(
    experience: Experience,
    *,
    by,
    version: int | None = None,
    states: Collection[str] = ON_THE_DESK,
) -> tuple[Any, QueueItem | None]:
    """The experience, locked, with what its writer agreed to, and its place in the queue if any.

    The race: two moderators act on it at once. The row's lock lets one through; the other then
    reads the new state here, and is told. Raises AlreadySettled, AlreadyClaimed, Changed.
    """
    standing = Consent.objects.standing().filter(experience=OuterRef("pk"))
    found = (
        Experience.objects.select_for_update(of=("self",))
        .annotate(
            agreed_insight=Exists(standing.filter(purpose=Purpose.INSIGHT)),
            agreed_contact=Exists(standing.filter(purpose=Purpose.CONTACT)),
        )
        .get(pk=experience.pk)
    )
    if found.state not in states:
        raise AlreadySettled(moderation.last_decision(KIND, found.reference))
    item = moderation.lock(kind=KIND, object_id=found.reference, by=by, version=version)
    return found, item


def finish(
    experience: Experience,
    item: QueueItem | None,
    *,
    by,
    verdict: str,
    reason: str = "",
    rule: str = "",
) -> None:
    """It leaves the queue, and what was decided is kept."""
    facts = {"by": by, "verdict": verdict, "reason": reason, "rule": rule}
    if item is None:
        moderation.record(kind=KIND, object_id=experience.reference, **facts)
    else:
        moderation.settle(kind=KIND, object_id=experience.reference, item=item, **facts)


def _keep_words(
    experience: Experience, text: str, better: str, answers: Mapping[int, str] | None
) -> None:
    experience.cleared_text, experience.cleared_better = text, better
    experience.state = State.CLEARED
    experience.save(update_fields=["cleared_text", "cleared_better", "state"])
    if experience.call_id is None:
        return  # only a call asks questions of its own
    experience.answers.update(cleared_text=F("text"))
    for pk, words in (answers or {}).items():
        Answer.objects.filter(experience=experience, pk=pk).update(cleared_text=words)


def _make_matter(
    experience: Experience,
    themes: Collection[Theme],
    actions: Collection[Action],
    title: str,
    summary: str,
    flags: list[str],
) -> Matter:
    first = next(iter(themes))
    offered = headings.offer(experience.cleared_text, otherwise=first.short)
    heading = title.strip() or offered.title
    matter = Matter.objects.create(
        kind=KIND,
        reference=experience.reference,
        title=heading,
        summary=headings.line(heading, summary.strip() or offered.summary),
        district_id=experience.district_id,
        community_id=experience.community_id,
        space_id=experience.space_id,
        flags=flags,
    )
    tagging.put_themes(matter=matter, themes=themes, actions=actions)
    return matter


def _step(experience: Any, sent: Sent, themes: Collection[Theme]) -> None:
    """What the receipt shows: it was heard, and whom it reached."""
    heard = {"themes": [theme.short for theme in themes], "redacted": experience.is_redacted}
    story: list[tuple[str, dict]] = [(StepKind.HEARD, heard)]
    if sent.referrals:
        story.append((StepKind.REFERRED, {"to": sent.to}))
    add_story(experience=experience, story=story)
    if experience.agreed_contact:
        mark_news(experiences=[experience])


def _set_state(experience: Experience, state: str) -> None:
    experience.state = state
    experience.save(update_fields=["state"])


def _show(experience: Experience, found: Experience) -> None:
    """The caller's own copy says what the row now says."""
    experience.state = found.state
    experience.cleared_text = found.cleared_text
    experience.cleared_better = found.cleared_better
