"""What the desk's page shows, read in a number of queries that no number of rows changes."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext, ngettext

from engagement.board.arrivals import Arrival, arrivals, matters_to_read
from engagement.board.counting import MANY, capped
from engagement.board.desks import Desk
from engagement.board.filters import STATE_WORDS, Chosen, chosen
from engagement.board.forms import GroupForm
from engagement.board.models import Insight
from engagement.routing.models import OPEN_STATES
from heard.notifications.models import Notification
from heard.notifications.services import position
from heard.paging import stretch

PAGE = 25
MOST_ARRIVALS = 100
INSIGHTS_SHOWN = 10


def desk_page(request: HttpRequest, desks: list[Desk], desk: Desk, form=None) -> dict[str, Any]:
    """The whole page of one desk. The cursor is taken before the rows, so that nothing falls
    between.
    """
    cursor = position()
    wanted = chosen(request.GET)
    sent = desk.referrals()
    page = stretch(matters_to_read(wanted.apply(sent)), before=request.GET.get("before"), size=PAGE)
    older = f"{wanted.address}&before={page.before}".lstrip("&") if page.before else ""
    return {
        **frame(desks, desk),
        **_counts(desk, wanted),
        "cursor": cursor,
        "chosen": wanted,
        "rows": arrivals(page.rows),
        "next_url": f"{desk.url}?{older}" if older else "",
        "form": form or (group_form(desk) if desk.board else None),
        "picked": form.matters if form else {},
        "insights": insights_of(desk),
        "query": request.GET.urlencode(),
    }


def arrived_rows(request: HttpRequest, desk: Desk) -> list[Arrival]:
    """The rows a live list asks for: one by `?id=`, else what was sent here after the cursor
    `?after=`.
    """
    rows = matters_to_read(desk.referrals())
    if (wanted := number(request.GET.get("id"))) is not None:
        return arrivals(list(rows.filter(pk=wanted)))
    told = (
        Notification.objects.for_audiences([desk.audience])
        .after(number(request.GET.get("after")) or 0)
        .filter(kind="referral.created")
    )
    ids = [int(pk) for pk in told.values_list("object_id", flat=True) if pk.isdigit()]
    fresh = chosen(request.GET).apply(rows).filter(pk__in=ids).newest_first()
    return arrivals(list(fresh[:MOST_ARRIVALS]))


def group_form(desk: Desk, data=None) -> GroupForm:
    """The form beside the list: the board's insights that wait for a decision, and a new one."""
    waiting = desk.the_board.insights.undecided().newest_first()[:50]
    return GroupForm(data, referrals=desk.referrals(), insights=waiting)


def insights_of(desk: Desk, pk: int | None = None) -> list[Insight]:
    """The board's newest insights, or the one that was asked for, with how many people each has."""
    if desk.board is None:
        return []
    rows = desk.board.insights.with_people().newest_first()
    return list(rows.filter(pk=pk) if pk is not None else rows[:INSIGHTS_SHOWN])


def frame(desks: list[Desk], desk: Desk | None = None) -> dict[str, Any]:
    """What every page here says of where one is: this desk, one's other desks, and one's part in
    it.
    """
    return {
        "desk": desk,
        "other_desks": [each for each in desks if each != desk],
        "desk_role": desk.role if desk else "",
    }


def _counts(desk: Desk, wanted: Chosen) -> dict[str, Any]:
    """How many rows there are, as words and for each state. One statement, none counted past 1,000."""
    sent = desk.referrals().filter(matter__withdrawn=False)
    states = list(STATE_WORDS)
    found, waiting, *each = capped(
        [
            wanted.apply(sent),
            sent.filter(state__in=OPEN_STATES),
            # Of the whole desk: within a filter a rare state would be looked for in every row.
            *(sent.filter(state=state) for state in states),
        ]
    )
    return {
        "found_words": _found(found, wanted),
        "waiting_words": _waiting(waiting),
        "state_choices": [
            {
                "value": str(state),
                "words": STATE_WORDS[state],
                "count": _number_words(count),
                "ticked": state in wanted.states,
            }
            for state, count in zip(states, each, strict=True)
        ],
    }


def _found(count: int, wanted: Chosen) -> str:
    facts = {
        "count": _number_words(count),
        "theme": (wanted.theme.short or wanted.theme.title) if wanted.theme else "",
        "place": wanted.district.name if wanted.district else "",
    }
    if wanted.theme and wanted.district:
        return gettext("%(count)s about %(theme)s in %(place)s, newest first") % facts
    if wanted.theme:
        return gettext("%(count)s about %(theme)s, newest first") % facts
    if wanted.district:
        return gettext("%(count)s in %(place)s, newest first") % facts
    return gettext("%(count)s here, newest first") % facts


def _waiting(count: int) -> str:
    words = ngettext("%(count)s waits for an answer.", "%(count)s wait for an answer.", count)
    return words % {"count": _number_words(count)}


def _number_words(count: int) -> str:
    return gettext("Over 1,000") if count >= MANY else f"{count:,}"


def number(value: str | None) -> int | None:
    """A whole number of an address, or None for anything else."""
    if value and value.isascii() and value.isdigit() and len(value) < 19:
        return int(value)
    return None
