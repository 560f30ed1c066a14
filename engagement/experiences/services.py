"""The deeds of sharing: to share, to talk with a moderator, to take it back. Start reading here.

Each is one transaction. What must not be lost (the queue's row, tasks, steps) is written inside it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from engagement.experiences import apart, danger, erasure, receipts, withdrawal
from engagement.experiences.drafts import forget_old_drafts
from engagement.experiences.erasure import KIND
from engagement.experiences.models import (
    Answer,
    Call,
    Consent,
    Contact,
    Experience,
    Message,
    Provenance,
    Purpose,
    Receipt,
    State,
    StepKind,
    Tag,
)
from engagement.experiences.steps import add_step, add_steps, add_story, lock
from engagement.experiences.tasks import post_waiting_news, suggest_waiting_themes
from engagement.themes.models import Characteristic, District, Theme
from heard.moderation import services as moderation
from heard.moderation.models import Urgency
from heard.spaces.models import Space

_MANY = 500  # rows handled in one statement
# Without the first, the others have nothing to stand on.
_RESTS_ON_INSIGHT = frozenset({Purpose.QUOTE, Purpose.SHARE, Purpose.RESEARCH})


class KeyReused(Exception):
    """The same idempotency key came with other words. Nothing was written or changed."""


__all__ = [
    "KeyReused",
    "Shared",
    "add_step",
    "add_steps",
    "add_story",
    "ask",
    "consents_of",
    "find_by_receipt",
    "forget_old_drafts",
    "mark_news",
    "reply",
    "share_experience",
    "withdraw",
]


@dataclass(frozen=True)
class Shared:
    """What came of sharing. Sent before with this key: `created` is False, the receipt the same."""

    experience: Experience
    receipt: str
    created: bool


def share_experience(
    *,
    key: str,
    text: str,
    better: str = "",
    about: str = "",
    call: Call | None = None,
    answers: Iterable[tuple[str, str]] = (),
    space: Space | None = None,
    district: District | None = None,
    community: Characteristic | None = None,
    themes: Iterable[Theme] = (),
    language: str = "",
    consents: Iterable[str] = (),
    email: str = "",
    equality: Mapping[str, Any] | None = None,
) -> Shared:
    """What somebody said is kept and waits for a moderator; sent twice with one key, kept once.

    `answers` are pairs of a call's question and its answer. Raises KeyReused when the key came
    before with other words.
    """
    given = sorted(set(consents))
    about_it = {
        "text": text,
        "better": better,
        "about": about,
        "call": call,
        "space": space or (call and call.space),
        "district": district,
        "community": community,
    }
    asked = [(question, words) for question, words in answers if words]
    ticked = sorted(set(themes), key=lambda theme: theme.number)
    parts = [str(getattr(value, "pk", value) or "") for value in about_it.values()]
    body = {
        "about": parts,
        "answers": asked,
        "themes": [t.slug for t in ticked],
        "to": [*given, email],
    }
    for _again in range(5):
        if earlier := _sent_before(key, body):
            return earlier
        try:
            # The race: two requests with one key. Both get here; the unique key_digest lets one
            # through, and the other, having waited for it, finds that row above and answers the
            # same receipt.
            with transaction.atomic():
                experience = Experience.objects.create(
                    reference=receipts.new_reference(), language=language[:10], **about_it
                )
                receipt = _give_receipt(experience, key, body)
                _write_around(experience, answers=asked, themes=ticked, consents=given, email=email)
                if equality:
                    apart.keep(equality)
                _wait(experience, [text, better, *(words for _, words in asked)], new=True)
            return Shared(experience, receipt, created=True)
        except IntegrityError:
            continue  # the key's winner, or (one time in millions) a reference that was taken
    raise RuntimeError("no free reference was found")


def find_by_receipt(typed: object) -> Experience | None:
    """The experience of this receipt, however it was typed. All failures take the same work."""
    receipt = receipts.normalise(typed) or ""
    found = (
        Receipt.objects.select_related("experience").filter(digest=receipts.digest(receipt)).first()
    )
    return found.experience if found else None


@transaction.atomic
def ask(*, experience: Experience, by, text: str, step: str = StepKind.ASKED) -> Message:
    """A moderator writes to the person, who sees it by their receipt, and is told if they chose.

    `step` is what it was: a question, or with ANSWERED the answer that ends it.
    """
    message = _say(experience, text, by=by)
    add_step(experience=experience, kind=step)
    mark_news(experiences=[experience])
    return message


@transaction.atomic
def reply(*, experience: Experience, text: str) -> Message:
    """The person writes back. It waits for a moderator again, at once if it speaks of danger."""
    message = _say(experience, text)
    if experience.state == State.RETURNED:
        Experience.objects.filter(pk=experience.pk).update(state=State.RECEIVED)
        experience.state = State.RECEIVED
    _wait(experience, [text], flags=["replied"])
    return message


@transaction.atomic
def withdraw(*, experience: Experience, purposes: Iterable[str] | None = None) -> None:
    """These purposes end today, here and wherever words were kept; None takes back and erases all.

    Words that speak of danger and were not yet read stay until somebody has looked (the page says
    so).
    """
    # The race: a board publishes while the person withdraws. The row's lock orders the two, and the
    # last word is the withdrawal's: whoever shows words reads consent again.
    lock([experience.pk])
    everything = purposes is None
    ending = frozenset(Purpose.values if purposes is None else purposes)
    if Purpose.INSIGHT in ending:
        ending |= _RESTS_ON_INSIGHT
    standing = experience.consents.standing().filter(purpose__in=ending)
    standing.update(withdrawn=timezone.localdate())
    if Purpose.CONTACT in ending:
        Contact.objects.filter(experience=experience).delete()
    if Purpose.INSIGHT in ending and experience.state != State.WITHDRAWN:
        Experience.objects.filter(pk=experience.pk).update(state=State.WITHDRAWN)
        experience.state = State.WITHDRAWN
        add_step(experience=experience, kind=StepKind.WITHDRAWN)
    withdrawal.run(experience, ending)
    if everything and erasure.leave_queue(experience):
        erasure.erase_words(experience)


@transaction.atomic
def mark_news(*, experiences: Sequence[Experience]) -> None:
    """Those who asked to be contacted are sent word that there is news, and not what it is."""
    marked = 0
    wanted = [experience.pk for experience in experiences]
    for start in range(0, len(wanted), _MANY):
        some = wanted[start : start + _MANY]
        agreed = Consent.objects.standing().filter(purpose=Purpose.CONTACT, experience__in=some)
        marked += Contact.objects.filter(experience__in=agreed.values("experience")).update(
            news_waiting=True
        )
    if marked:
        post_waiting_news.enqueue()


def consents_of(experiences: Iterable[Experience]) -> dict[Any, frozenset[str]]:
    """{experience id: purposes standing now}. Read it when showing, never copy it."""
    wanted = [experience.pk for experience in experiences]
    given: dict[Any, set[str]] = {pk: set() for pk in wanted}
    standing = Consent.objects.standing().filter(experience__in=wanted)
    for pk, purpose in standing.values_list("experience_id", "purpose"):
        given[pk].add(purpose)
    return {pk: frozenset(purposes) for pk, purposes in given.items()}


def _sent_before(key: str, body: Mapping[str, Any]) -> Shared | None:
    found = (
        Receipt.objects.select_related("experience")
        .filter(key_digest=receipts.key_digest(key))
        .first()
    )
    if found is None:
        return None
    if found.body_digest != receipts.body_digest(body):
        raise KeyReused
    return Shared(found.experience, receipts.derive(key), created=False)


def _give_receipt(experience: Experience, key: str, body: Mapping[str, Any]) -> str:
    receipt = receipts.derive(key)
    Receipt.objects.create(
        experience=experience,
        digest=receipts.digest(receipt),
        key_digest=receipts.key_digest(key),
        body_digest=receipts.body_digest(body),
    )
    return receipt


def _write_around(
    experience: Experience,
    *,
    answers: Sequence[tuple[str, str]],
    themes: Sequence[Theme],
    consents: Sequence[str],
    email: str,
) -> None:
    """Its answers, the themes its writer ticked, what they agreed to, and how to reach them."""
    Answer.objects.bulk_create(
        Answer(experience=experience, question=question, text=text, position=position)
        for position, (question, text) in enumerate(answers)
    )
    Tag.objects.bulk_create(
        Tag(experience=experience, theme=theme, provenance=Provenance.RESIDENT, rank=rank)
        for rank, theme in enumerate(themes)
    )
    Consent.objects.bulk_create(
        Consent(experience=experience, purpose=purpose) for purpose in consents
    )
    if email and Purpose.CONTACT in consents:
        Contact.objects.create(experience=experience, email=email, language=experience.language)
    add_step(experience=experience, kind=StepKind.SAID)


def _wait(
    experience: Experience, words: Iterable[str], *, flags: Iterable[str] = (), new: bool = False
) -> None:
    """Put it in the moderators' queue. Danger is looked for here, before anything is queued."""
    signs = [sign for text in words for sign in danger.signs(text)]
    if new:
        suggest_waiting_themes.enqueue()
    # Last: it tells the moderators, and the safeguarding lead when someone may be in danger.
    moderation.enqueue(
        kind=KIND,
        object_id=experience.reference,
        flags=[*flags, *(sign.code for sign in signs)],
        urgency=_urgency(signs),
    )


def _urgency(signs: Sequence[danger.Sign]) -> Urgency:
    if any(sign.weight == danger.Weight.CLEAR for sign in signs):
        return Urgency.DANGER
    return Urgency.FLAGGED if signs else Urgency.PLAIN


def _say(experience: Experience, text: str, *, by=None) -> Message:
    """One more line of the conversation; from the person themselves when nobody is named."""
    lock([experience.pk])
    last = experience.messages.order_by().aggregate(last=Max("position"))["last"] or 0
    return Message.objects.create(
        experience=experience, from_resident=by is None, by=by, text=text, position=last + 1
    )
