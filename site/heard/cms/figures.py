"""How many people were heard, as it may be said in public.

Home and the theme pages count up to the last Monday, in steps of five and never further than a cap:
a figure that moved with each person who comes or goes would point at them, and an exact count of a
million rows is slow.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext

from engagement.board.counting import capped, capped_sums
from engagement.board.models import Commitment
from engagement.experiences.models import Experience, State
from engagement.responses.models import Response
from engagement.responses.suppression import in_words, is_small, rounded
from engagement.routing.models import Matter
from engagement.themes.models import Theme

MOST_OF_A_THEME = 1_001
MOST = 10_001


@dataclass(frozen=True)
class Figure:
    label: str
    number: str


def counted_to() -> date:
    """The last Monday: what came since is not counted yet."""
    today = timezone.localdate()
    return today - timedelta(days=today.weekday())


def people_by_theme(themes: Sequence[Theme]) -> dict[int, str]:
    """{theme id: how many people were heard about it, in words}. One statement for all of them."""
    counted = Matter.objects.standing().filter(kind="experience", raised_on__lt=counted_to())
    sums = capped_sums([counted.about(theme) for theme in themes], "people", cap=MOST_OF_A_THEME)
    return {theme.pk: _people(count) for theme, count in zip(themes, sums, strict=True)}


def home_figures() -> list[Figure]:
    """What home says of all that was heard. One statement."""
    heard = Experience.objects.cleared().filter(shared_on__lt=counted_to())
    counts = capped(
        [
            heard,
            heard.filter(state__in=(State.DECIDED, State.ANSWERED)),
            Response.objects.all(),
            Commitment.objects.filter(
                decision__response__isnull=False, due__lt=timezone.localdate()
            ),
        ],
        cap=MOST,
    )
    people, answered, responses, late = counts
    return [
        Figure(gettext("people were heard"), _number(people)),
        Figure(gettext("of them have a decision or an answer"), _number(answered)),
        Figure(gettext("answers are published"), f"{responses:,}"),
        Figure(gettext("promises are late"), f"{late:,}"),
    ]


def _number(count: int) -> str:
    if is_small(count):
        return gettext("under 5")
    if count >= MOST:
        return gettext("over 10,000")
    return f"{rounded(count):,}"


def _people(count: int) -> str:
    if count >= MOST_OF_A_THEME:
        return gettext("over 1,000 people")
    return in_words(count)
