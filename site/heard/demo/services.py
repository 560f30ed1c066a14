"""Loading the demo, through the deeds that people's own clicks go through. Start reading here."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from engagement.board.models import Insight
from engagement.board.services import NewCommitment, decide, group_into_insight
from engagement.experiences import receipts
from engagement.experiences.erasure import KIND
from engagement.experiences.models import Experience, Receipt
from engagement.experiences.services import reply, share_experience
from engagement.responses.services import publish_response
from engagement.routing.models import Matter
from engagement.routing.services import answer_experience, clear_experience, return_experience
from engagement.themes.models import Characteristic, District, Theme
from heard.accounts.models import User
from heard.cms.planting import BOARD_SLUG
from heard.cms.services import programme_board
from heard.demo import backdating
from heard.demo.people import load_people, load_places
from heard.demo.stories import Story, insights, stories
from heard.spaces.models import Board

People = dict[str, User]


@transaction.atomic
def load_demo(password: str) -> int:
    """The demo's people and places, and the stories that are not there yet; says how many were new.

    Safe to repeat. Stories are told in one go: the first time, or never in part.
    """
    board = ready_board()
    people = load_people(password)
    load_places(people, board)
    new = [story for story in stories() if not _is_there(story)]
    told = {story.id: _tell(story, people["moderator"]) for story in new}
    for facts in insights():
        behind = [story for story in new if story.insight == facts["id"]]
        if behind:
            _make_insight(board, facts, [(story, told[story.id]) for story in behind], people)
    return len(new)


def ready_board() -> Board:
    """The programme's board, with the programme and the pages around it where they are missing."""
    if board := programme_board():
        return board
    call_command("load_programme", verbosity=0)
    return Board.objects.get(slug=BOARD_SLUG)


def walk_receipt() -> str:
    """A receipt of the demo that shows a whole thread, to try the receipt page with."""
    return receipts.group_in_fours(receipts.derive(next(s.key for s in stories() if s.quote)))


def _is_there(story: Story) -> bool:
    return Receipt.objects.filter(key_digest=receipts.key_digest(story.key)).exists()


def _tell(story: Story, moderator: User) -> Experience:
    """The story is shared, and a moderator does with it what the story says."""
    themes = {theme.slug: theme for theme in Theme.objects.current()}
    named = [themes[slug] for slug in story.themes]
    shared = share_experience(
        key=story.key,
        text=story.text,
        better=story.better,
        about=story.about,
        district=District.objects.filter(slug=story.district).first(),
        community=Characteristic.objects.filter(slug=story.community).first(),
        themes=named,
        language=story.language,
        consents=story.consents,
        email=story.email,
    )
    _moderate(story, shared.experience, named, moderator)
    backdating.experience(shared.experience, story.days)
    return shared.experience


def _moderate(story: Story, experience: Experience, themes: Sequence[Theme], by: User) -> None:
    match story.state:
        case "cleared":
            clear_experience(
                experience=experience,
                by=by,
                themes=themes,
                title=story.title,
                summary=story.summary,
                text=story.redacted or None,
            )
        case "answered":
            answer_experience(experience=experience, by=by, text=story.answer)
        case "returned":
            return_experience(experience=experience, by=by, reason=story.asks)
            reply(experience=experience, text=story.replies)


def _make_insight(
    board: Board, facts: dict[str, Any], told: Sequence[tuple[Story, Experience]], people: People
) -> None:
    """What the board made of these: put together, then decided and answered where the facts say."""
    behind = [experience for _, experience in told]
    insight = group_into_insight(
        board=board,
        matters=Matter.objects.filter(reference__in=[one.reference for one in behind], kind=KIND),
        by=people["board"],
        title=facts["title"],
        summary=facts["summary"],
    )
    backdating.grouped(insight, behind, facts["grouped"])
    if "decision" in facts:
        _decide(insight, facts, people["chair"])
        backdating.decided(insight, behind, facts["decided"])
    if "response" in facts:
        quotes = [_quote(experience, story) for story, experience in told if story.quote]
        _publish(insight, facts["response"], quotes, people["manager"])
        backdating.published(insight, behind, facts["published"])


def _decide(insight: Insight, facts: dict[str, Any], by: User) -> None:
    promised = dict(facts.get("commitment", {}))
    commitment = None
    if promised:
        due = timezone.localdate() + timedelta(days=promised.pop("due_in"))
        commitment = NewCommitment(**promised, due=due)
    decide(insight=insight, by=by, commitment=commitment, present=9, **facts["decision"])


def _publish(insight: Insight, facts: dict[str, Any], quotes: list, by: User) -> None:
    words = {key: value for key, value in facts.items() if key != "next_in"}
    publish_response(
        decision=insight.decisions.get(),
        by=by,
        next_date=timezone.localdate() + timedelta(days=facts["next_in"]),
        quotes=quotes,
        **words,
    )


def _quote(experience: Experience, story: Story) -> tuple[Experience, int, int]:
    """Where the quoted words stand in the cleared text."""
    cleared = story.redacted or story.text
    start = cleared.index(story.quote)
    return experience, start, start + len(story.quote)
