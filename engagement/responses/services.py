"""Answering back: one published answer to everyone behind a decision. Start reading here."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from engagement.board.models import Decision, Insight
from engagement.board.services import lock_contributors
from engagement.experiences.models import (
    HEARD_STATES,
    Experience,
    Purpose,
    State,
    StepKind,
)
from engagement.experiences.services import add_steps, consents_of, mark_news
from engagement.responses.models import Quote, Response
from engagement.responses.passages import joined
from engagement.responses.suppression import is_small, next_release, places_to_name
from engagement.themes.models import District, Theme
from heard.accounts.audiences import role_audience
from heard.accounts.models import Role
from heard.notifications.services import tell
from heard.plaintext import clean_text

RESPONSE_PUBLISHED = "response.published"


class AlreadyPublished(Exception):
    """Somebody published first. `response` is what they published."""

    def __init__(self, response: Response) -> None:
        super().__init__("this decision has its answer")
        self.response = response


class NotFinal(Exception):
    """The decision is provisional: too few members were there. Nothing is published before it
    stands.
    """


class MayNotQuote(Exception):
    """Somebody's words were to be quoted who did not agree to it, took it back, or is not behind
    this decision.
    """


class ChosenQuote(NamedTuple):
    """A passage of an experience's cleared text, from `start` up to and not with `end`."""

    experience: Experience
    start: int
    end: int


@transaction.atomic
def publish_response(
    *,
    decision: Decision,
    by,
    title: str,
    heard: str,
    reason: str,
    next_step: str,
    outcome: str,
    next_date: date | None = None,
    quotes: Iterable[tuple[Experience, int, int]] = (),
    districts: Collection[District] | None = None,
) -> Response:
    """The decision has its public answer, and everyone behind it sees that on their receipt from
    now on.

    Quotes are places in cleared texts, never copies, and only of people who agreed to it.
    `districts` are the places the answer is about; left out, those many people spoke from. Raises
    AlreadyPublished, NotFinal or MayNotQuote.
    """
    # The races: of two people who publish at once the second waits here and is told; a withdrawal
    # that holds its experience makes us wait below, and then that person is no longer among the
    # contributors.
    locked = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if earlier := Response.objects.filter(decision=locked).first():
        raise AlreadyPublished(earlier)
    if locked.provisional:
        raise NotFinal
    everyone = lock_contributors(locked.insight.standing())
    chosen = _quotable(quotes, everyone)
    response = Response.objects.create(
        decision=locked,
        title=clean_text(title).strip(),
        heard=clean_text(heard).strip(),
        reason=clean_text(reason).strip(),
        next_step=clean_text(next_step).strip(),
        next_date=next_date,
        outcome=outcome,
        people=locked.insight.people,
        published_by=by,
    )
    response.themes.set(Theme.objects.filter(matters__insights=locked.insight).distinct())
    response.districts.set(_places(locked.insight, districts, quoted=bool(chosen)))
    response.experiences.set(everyone)
    Quote.objects.bulk_create(Quote(response=response, **one._asdict()) for one in chosen)
    _tell_contributors(everyone, response)
    return response


def take_back_quotes(experience: Experience, purposes: frozenset[str]) -> None:
    """Withdrawing: words that may no longer be quoted are off every published page from this
    transaction on.

    Called inside the withdrawing transaction. A second yes does not bring the old quotes back.
    """
    if purposes & {Purpose.QUOTE, Purpose.INSIGHT}:
        Quote.objects.filter(experience=experience, taken_back=None).update(
            taken_back=timezone.localdate()
        )


@transaction.atomic
def release_counts() -> int:
    """On or after the first day of a month, put right the published figures; says how many moved.
    Safe to repeat.

    A figure moves only when several people came or went since the last release (suppression.py),
    never by one.
    """
    today = timezone.localdate()
    moved = 0
    due = Response.objects.filter(counted_on__lt=today.replace(day=1)).select_related(
        "decision__insight"
    )
    for response in due.iterator(chunk_size=500):
        people = next_release(released=response.people, counted=response.decision.insight.people)
        moved += people != response.people
        Response.objects.filter(pk=response.pk).update(people=people, counted_on=today)
    return moved


def people_by_district(insight: Insight) -> dict[int, int]:
    """{district id: how many people behind the insight spoke from there}. Not for showing: see
    suppression.py.
    """
    counted: dict[int, int] = {}
    for district, people in insight.standing().values_list("district", "people"):
        if district is not None:
            counted[district] = counted.get(district, 0) + people
    return counted


def places_many_spoke_from(insight: Insight) -> list[District]:
    """The districts that at least the small number of the people behind the insight spoke from."""
    many = [place for place, people in people_by_district(insight).items() if not is_small(people)]
    return list(District.objects.filter(pk__in=many))


def _places(
    insight: Insight, wanted: Collection[District] | None, *, quoted: bool
) -> list[int] | list[District]:
    if wanted is None:
        return places_many_spoke_from(insight)
    asked = [district.pk for district in wanted]
    return places_to_name(asked, people_by_place=people_by_district(insight), quoted=quoted)


def _quotable(
    quotes: Iterable[tuple[Experience, int, int]], everyone: Sequence[Experience]
) -> list[ChosenQuote]:
    """The chosen passages, neighbours joined, when every one may be quoted; else MayNotQuote."""
    behind = {experience.pk: experience for experience in everyone}
    agreed = consents_of(everyone)
    wanted: dict[Experience, list[tuple[int, int]]] = {}
    for experience, start, end in quotes:
        fresh = behind.get(experience.pk)
        if fresh is None or Purpose.QUOTE not in agreed[fresh.pk]:
            raise MayNotQuote
        if not 0 <= start < end <= len(fresh.cleared_text):
            raise MayNotQuote
        wanted.setdefault(fresh, []).append((start, end))
    return [
        ChosenQuote(experience, start, end)
        for experience, passages in wanted.items()
        for start, end in joined(passages, experience.cleared_text)
    ]


def _tell_contributors(everyone: list[Experience], response: Response) -> None:
    Experience.objects.filter(
        pk__in=[experience.pk for experience in everyone], state__in=HEARD_STATES
    ).update(state=State.ANSWERED)
    add_steps(
        experiences=everyone,
        kind=StepKind.PUBLISHED,
        data={"response_id": response.pk, "title": response.title},
    )
    mark_news(experiences=everyone)
    board = response.decision.insight.board
    tell(
        board.audience,
        role_audience(Role.MANAGER),
        kind=RESPONSE_PUBLISHED,
        object_id=response.pk,
        url=f"/api/v1/responses/{response.pk}/",
    )
