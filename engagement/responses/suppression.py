"""What may be said in public about how many people spoke. Pure: same question, same answer.

The rules, in order:
1. People are counted, not rows: what is linked as the same person's words counts once, and so does
   a matter that several boards were sent. Two receipts that nobody linked count as two people,
   because we keep nothing that could tell us more.
2. Fewer than the small number (settings.SMALL_NUMBER) is said as "fewer than 5" and never as a
   figure; none is said in the same way. From there on counts are rounded to the nearest five. No
   noise is added.
3. A published figure is fixed when it is published. It moves only at a release, and only when at
   least the small number of people came or went since, so that a before and an after never point at
   one person.
4. Figures stand beside one answer and are never added up by a filter: whichever filters find an
   answer, it says the same figure, so that nothing can be learnt by taking one list from another.
5. A place is named beside somebody's quoted words only when at least the small number of people
   spoke there.
"""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.utils.translation import gettext

STEP = 5


def is_small(count: int) -> bool:
    """Whether so few people would be pointed at by a figure."""
    return count < settings.SMALL_NUMBER


def rounded(count: int) -> int:
    """The count to the nearest five; 0 stands for "too few to say"."""
    return 0 if is_small(count) else max(STEP, STEP * ((count + STEP // 2) // STEP))


def in_words(count: int) -> str:
    """How many people, as it may be said in public: "about 45 people", "fewer than 5 people"."""
    if is_small(count):
        return gettext("fewer than %(count)s people") % {"count": settings.SMALL_NUMBER}
    return gettext("about %(count)s people") % {"count": f"{rounded(count):,}"}


def next_release(*, released: int, counted: int) -> int:
    """What to go on from at a release: the new count, or the one released before when too few came
    or went.
    """
    return released if is_small(abs(counted - released)) else counted


def places_to_name(
    wanted: Iterable[int], *, people_by_place: Mapping[int, int], quoted: bool
) -> list[int]:
    """Which of the places may be named on an answer: all, or with a quote only those many people
    spoke from.
    """
    if not quoted:
        return list(wanted)
    return [place for place in wanted if not is_small(people_by_place.get(place, 0))]
