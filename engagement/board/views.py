"""The board's pages: its desk, an insight, a decision. Who is no member of a board finds nothing
here.
"""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from engagement.board import pages, permissions, services
from engagement.board.arrivals import arrivals, matters_to_read, voices
from engagement.board.desks import Desk, desks_of
from engagement.board.forms import DecideForm
from engagement.board.models import Commitment, Decision, Insight
from engagement.routing.models import Matter
from heard.paging import stretch


@login_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """`/board/`: the first of the person's desks; the others stand in its navigation."""
    desks = desks_of(request.user)
    if desks:
        return render(request, "board/desk.html", pages.desk_page(request, desks, desks[0]))
    if permissions.is_manager(request.user):
        return redirect("board:decisions")
    raise Http404


@login_required
@require_safe
def desk(request: HttpRequest, slug: str) -> HttpResponse:
    """A board's desk, as a live list."""
    desks, here = _board_desk(request.user, slug)
    return render(request, "board/desk.html", pages.desk_page(request, desks, here))


@login_required
@require_safe
def theme_desk(request: HttpRequest, slug: str) -> HttpResponse:
    """What was sent to a theme's leads, to read."""
    desks, here = _theme_desk(request.user, slug)
    return render(request, "board/desk.html", pages.desk_page(request, desks, here))


@login_required
@require_safe
def rows(request: HttpRequest, slug: str) -> HttpResponse:
    """Rows of the list alone, for a page that is open."""
    _desks, here = _board_desk(request.user, slug)
    context = {"desk": here, "rows": pages.arrived_rows(request, here)}
    return render(request, "board/_rows.html", context)


@login_required
@require_safe
def theme_rows(request: HttpRequest, slug: str) -> HttpResponse:
    _desks, here = _theme_desk(request.user, slug)
    context = {"desk": here, "rows": pages.arrived_rows(request, here)}
    return render(request, "board/_rows.html", context)


@login_required
@require_safe
def insight_rows(request: HttpRequest, slug: str) -> HttpResponse:
    """The desk's insights alone, for a page that is open."""
    _desks, here = _board_desk(request.user, slug)
    context = {"insights": pages.insights_of(here, pages.number(request.GET.get("id")))}
    return render(request, "board/_insights.html", context)


@login_required
@require_safe
def referral(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One thing that a board was sent: its cleared words, and why it came here."""
    return _show_referral(request, *_board_desk(request.user, slug), pk)


@login_required
@require_safe
def theme_referral(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return _show_referral(request, *_theme_desk(request.user, slug), pk)


@login_required
@require_POST
def group(request: HttpRequest, slug: str) -> HttpResponse:
    """Put what was picked into a new insight or one that waits; what was typed and picked comes
    back on an error.
    """
    desks, here = _board_desk(request.user, slug)
    form = pages.group_form(here, request.POST)
    if form.is_valid():
        matters = list(form.matters.values())
        try:
            if insight := form.chosen_insight:
                services.add_to_insight(insight=insight, matters=matters)
            else:
                insight = services.group_into_insight(
                    board=here.the_board,
                    matters=matters,
                    by=request.user,
                    title=form.cleaned_data["title"],
                )
            return redirect(insight)
        except services.AlreadyDecided:
            form.add_error(
                "insight", _("This was decided a moment ago. Choose another, or a new one.")
            )
        except services.NothingToGroup:
            form.add_error("referral", _("What you picked was taken back a moment ago."))
    context = pages.desk_page(request, desks, here, form)
    return render(request, "board/desk.html", context, status=422)


@login_required
@require_safe
def insight(request: HttpRequest, pk: int) -> HttpResponse:
    """One insight: what is in it, and the form to decide or the decision that stands."""
    return _show_insight(request, _insight(request.user, pk))


@login_required
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the decision. Of two at once the second is told, and keeps their words."""
    found = _insight(request.user, pk)
    if not permissions.may_decide(request.user, found):
        raise PermissionDenied
    form = DecideForm(request.POST, insight=found, by=request.user)
    if not form.is_valid():
        return _show_insight(request, found, form, status=422)
    try:
        services.decide(insight=found, by=request.user, **form.decision())
    except services.AlreadyDecided as earlier:
        return _show_insight(request, found, form, first=earlier.decision, status=409)
    return redirect(found)


@login_required
@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """What the person's boards decided, newest first, with what was promised and what still needs
    an answer.
    """
    desks = desks_of(request.user)
    if not any(desk.board for desk in desks) and not permissions.is_manager(request.user):
        raise Http404
    made = Decision.objects.visible_to(request.user).select_related("insight__board", "response")
    promised = Prefetch("commitments", Commitment.objects.order_by("due"))
    page = stretch(made.prefetch_related(promised), before=request.GET.get("before"))
    next_url = f"{request.path}?before={page.before}" if page.before else ""
    context = {**pages.frame(desks), "decisions": page.rows, "next_url": next_url}
    return render(request, "board/decisions.html", context)


def _board_desk(user, slug: str) -> tuple[list[Desk], Desk]:
    """The person's desks and the one they ask for. A board they are not on and no board at all look
    alike.
    """
    desks = desks_of(user)
    for each in desks:
        if each.board and each.board.slug == slug:
            return desks, each
    raise Http404


def _theme_desk(user, slug: str) -> tuple[list[Desk], Desk]:
    desks = desks_of(user)
    for each in desks:
        if each.theme and each.theme.slug == slug:
            return desks, each
    raise Http404


def _insight(user, pk: int) -> Insight:
    return get_object_or_404(Insight.objects.visible_to(user).select_related("board"), pk=pk)


def _show_referral(request: HttpRequest, desks: list[Desk], here: Desk, pk: int) -> HttpResponse:
    found = get_object_or_404(matters_to_read(here.referrals()), pk=pk)
    [arrival] = arrivals([found])
    insights = (
        Insight.objects.filter(board=here.the_board, matters=found.matter) if here.board else []
    )
    context = {**pages.frame(desks, here), "arrival": arrival, "insights": insights}
    return render(request, "board/referral.html", context)


def _show_insight(
    request: HttpRequest, found: Insight, form: DecideForm | None = None, *, first=None, status=200
) -> HttpResponse:
    desks = desks_of(request.user)
    here = next((desk for desk in desks if desk.board and desk.board.pk == found.board_id), None)
    placed = Matter.objects.filter(insights=found).select_related("district", "community")
    page = stretch(placed.prefetch_related("themes"), before=request.GET.get("before"))
    made = list(found.decisions.select_related("by", "referred_to", "response", "insight__board"))
    if form is None and (not made or made[0].provisional):
        form = DecideForm(insight=found, by=request.user)
    context = {
        **pages.frame(desks, here),
        "insight": found,
        "voices": voices(page.rows),
        "next_url": f"{found.get_absolute_url()}?before={page.before}" if page.before else "",
        "decision": made[0] if made else None,
        "first": first,
        "form": form if permissions.may_decide(request.user, found) else None,
        "may_publish": permissions.may_publish(request.user, found),
    }
    return render(request, "board/insight.html", context, status=status)
