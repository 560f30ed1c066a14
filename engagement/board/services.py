"""What a board does with what it was sent. Start reading here.

A deed locks the insight first, its contributors next in the order of their ids, and writes to
referrals only then; withdrawing locks its one experience before anything else. So of two members
who decide at once one is told, no two deeds wait for each other, and of a decision and a withdrawal
at the same moment the withdrawal wins: who took their words back gets no further step. Nothing here
asks the database more often for many contributors than for few.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from engagement.board.models import (
    Commitment,
    Decision,
    Insight,
    InsightMatter,
    InsightState,
)
from engagement.experiences.models import Experience, State, StepKind
from engagement.experiences.services import add_steps, mark_news
from engagement.routing.kinds import contributors_of
from engagement.routing.models import OPEN_STATES, Matter, Referral, ReferralState
from heard.accounts.audiences import role_audience
from heard.accounts.models import Role
from heard.notifications.services import tell
from heard.plaintext import clean_text, is_blank
from heard.spaces.models import Board, Space

INSIGHT_CREATED = "insight.created"
INSIGHT_CHANGED = "insight.changed"
INSIGHT_DECIDED = "insight.decided"


class NothingToGroup(Exception):
    """None of the matters stands on this board's desk: never sent here, sent elsewhere since, or
    taken back.
    """


class NoReason(Exception):
    """A decision cannot be saved without a reason."""


class AlreadyDecided(Exception):
    """Somebody decided first. `decision` is what they recorded."""

    def __init__(self, decision: Decision) -> None:
        super().__init__("a decision stands")
        self.decision = decision


@dataclass(frozen=True)
class NewCommitment:
    """What a body will do: who holds it there (a post, not a person) and by when."""

    what: str
    body: str
    post: str
    due: date


@transaction.atomic
def group_into_insight(
    *, board: Board, matters: Collection[Matter], by, title: str, summary: str = ""
) -> Insight:
    """A new insight of the board with those of the matters that stand on its desk.

    Everyone who contributed sees on their receipt that their words were put with others. Raises
    NothingToGroup.
    """
    insight = Insight.objects.create(
        board=board, title=clean_text(title).strip(), summary=clean_text(summary), made_by=by
    )
    _place(insight, matters)
    tell(board.audience, kind=INSIGHT_CREATED, object_id=insight.pk, url=_address(insight))
    return insight


@transaction.atomic
def add_to_insight(*, insight: Insight, matters: Collection[Matter]) -> Insight:
    """The insight holds these too. Safe to repeat. Raises AlreadyDecided once a decision stands, or
    NothingToGroup.
    """
    locked = _lock_undecided(insight)
    _place(locked, matters)
    tell(locked.board.audience, kind=INSIGHT_CHANGED, object_id=locked.pk, url=_address(locked))
    return locked


@transaction.atomic
def decide(
    *,
    insight: Insight,
    by,
    kind: str,
    reason: str,
    next_step: str = "",
    partner: str = "",
    referred_to: Space | None = None,
    commitment: NewCommitment | None = None,
    present: int = 1,
) -> Decision:
    """Record what the board decided and why; each contributor's receipt shows it from the same
    transaction on.

    With fewer members present than the board's quorum it is provisional, and may be made again;
    else it stands. Raises NoReason, or AlreadyDecided to whoever comes second.
    """
    if is_blank(reason):
        raise NoReason
    locked = _lock_undecided(insight)
    everyone = lock_contributors(insight.standing())
    decision = Decision.objects.create(
        insight=locked,
        kind=kind,
        reason=clean_text(reason).strip(),
        next_step=clean_text(next_step).strip(),
        partner=clean_text(partner).strip(),
        referred_to=referred_to,
        provisional=present < locked.board.quorum,
        by=by,
    )
    promised = _promise(decision, commitment)
    _mark_decided(locked)
    _tell_contributors(everyone, decision, promised)
    audiences = (locked.board.audience, role_audience(Role.MANAGER))
    tell(*audiences, kind=INSIGHT_DECIDED, object_id=locked.pk, url=_address(locked))
    return decision


def lock_contributors(matters: Iterable[Matter]) -> list[Experience]:
    """Everyone behind the matters, without who took their words back, held in one order until the
    deed is done.
    """
    behind = contributors_of(list(matters))
    return list(
        Experience.objects.select_for_update()
        .filter(pk__in={experience.pk for experience in behind})
        .exclude(state=State.WITHDRAWN)
        .order_by("pk")
    )


def _address(insight: Insight) -> str:
    return f"/api/v1/insights/{insight.pk}/"


def _lock_undecided(insight: Insight) -> Insight:
    """The insight, held until the deed is done, so that of two deeds at once the second sees the
    first.
    """
    locked = (
        Insight.objects.select_for_update(of=("self",)).select_related("board").get(pk=insight.pk)
    )
    latest = locked.decisions.select_related("by").first()
    if latest is not None and not latest.provisional:
        raise AlreadyDecided(latest)
    return locked


def _place(insight: Insight, matters: Collection[Matter]) -> None:
    """Put into the insight what stands on the board's desk and is not in it yet."""
    sent = Referral.objects.to_board(insight.board).standing().filter(matter__in=matters)
    here = Matter.objects.standing().filter(pk__in=sent.values("matter"))
    new = list(here.exclude(places__insight=insight))
    if not new and not insight.places.exists():
        raise NothingToGroup
    everyone = lock_contributors(new)
    InsightMatter.objects.bulk_create(
        (InsightMatter(insight=insight, matter=matter) for matter in new), ignore_conflicts=True
    )
    Referral.objects.to_board(insight.board).filter(matter__in=new, state=ReferralState.NEW).update(
        state=ReferralState.GROUPED
    )
    add_steps(experiences=everyone, kind=StepKind.GROUPED, data={"board": insight.board.title})


def _promise(decision: Decision, commitment: NewCommitment | None) -> Commitment | None:
    if commitment is None:
        return None
    return Commitment.objects.create(
        decision=decision,
        what=clean_text(commitment.what).strip(),
        body=clean_text(commitment.body).strip(),
        post=clean_text(commitment.post).strip(),
        due=commitment.due,
    )


def _mark_decided(insight: Insight) -> None:
    Insight.objects.filter(pk=insight.pk).update(state=InsightState.DECIDED)
    Referral.objects.to_board(insight.board).filter(
        matter__in=insight.matters.all(), state__in=OPEN_STATES
    ).update(state=ReferralState.DECIDED)


def _tell_contributors(
    everyone: list[Experience], decision: Decision, promised: Commitment | None
) -> None:
    """A step on every receipt, and news waiting for those who asked for it."""
    Experience.objects.filter(
        pk__in=[experience.pk for experience in everyone], state=State.CLEARED
    ).update(state=State.DECIDED)
    add_steps(
        experiences=everyone,
        kind=StepKind.DECIDED,
        data={
            "kind": str(decision.kind),
            "reason": decision.reason,
            "provisional": decision.provisional,
            "board": decision.insight.board.title,
            "next_step": decision.next_step,
        },
    )
    if promised:
        add_steps(
            experiences=everyone,
            kind=StepKind.COMMITTED,
            data={
                "body": promised.body,
                "post": promised.post,
                "what": promised.what,
                "due": promised.due.isoformat(),
            },
        )
    mark_news(experiences=everyone)
