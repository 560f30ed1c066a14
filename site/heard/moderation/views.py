"""The desk's pages: the queue, its rows as they arrive, and taking an item."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from heard.accounts.models import User
from heard.moderation import desk, registry, services
from heard.moderation.doors import desk_door, moderators_door, role_here
from heard.moderation.models import QueueItem
from heard.moderation.permissions import may_open
from heard.notifications.services import position


@require_safe
@desk_door
def queue(request: HttpRequest) -> HttpResponse:
    """What waits, the most urgent first and then the oldest."""
    cursor = position()  # before the rows are read
    asked = request.GET.get("show", "")
    show = asked if asked in desk.FILTERS else "all"
    stretch = desk.stretch(desk.shown(request.user, show), below=request.GET.get("below"))
    numbers = desk.counts(request.user)
    context = {
        "cursor": cursor,
        "show": show,
        "rows": stretch.rows,
        "next_url": f"?show={show}&below={stretch.below}" if stretch.below else "",
        "tabs": desk.tabs(numbers, show),
        "counts": numbers,
        "read_today": desk.read_today(request.user),
        "desk_role": role_here(request.user),
    }
    return render(request, "moderation/queue.html", context)


@require_safe
@desk_door
def rows(request: HttpRequest) -> HttpResponse:
    """Rows alone, for a page that is open: one by `id`, or those that arrived after a cursor."""
    show = request.GET.get("show", "all")
    if item_id := request.GET.get("id"):
        found = desk.one(request.user, show, item_id)
    else:
        found = desk.arrived_after(request.user, request.GET.get("after", ""))
    new = "after" in request.GET
    return render(request, "moderation/rows.html", {"rows": found, "new": new})


@require_safe
@desk_door
def open_item(request: HttpRequest, item_id: uuid.UUID) -> HttpResponse:
    """On to the page of what waits, wherever its room has that."""
    item = QueueItem.objects.filter(pk=item_id).first()
    if item is None or not may_open(request.user, item):
        messages.info(request, _("It was dealt with, and waits no longer."))
        return redirect("/moderation/")
    return redirect(_page_of(item))


@require_POST
@moderators_door
def take(request: HttpRequest, item_id: uuid.UUID) -> HttpResponse:
    """Claim it, or take it over from the person whom the page showed."""
    item = QueueItem.objects.filter(pk=item_id).first()
    if item is None:
        messages.error(request, _("It was dealt with, and waits no longer."))
        return redirect("/moderation/")
    typed = request.POST.get("instead_of", "")
    seen = (
        User.objects.filter(pk=int(typed)).first()
        if typed.isdecimal() and len(typed) < 18
        else None
    )
    try:
        services.claim(item=item, by=request.user, instead_of=seen)
    except services.AlreadyClaimed as first:
        messages.error(request, _("%(name)s claimed it before you.") % {"name": first.by})
    except services.AlreadySettled as first:
        messages.error(request, _("%(name)s dealt with it before you.") % {"name": first.by})
        return redirect("/moderation/")
    return redirect(_page_of(item))


@require_POST
@moderators_door
def let_go(request: HttpRequest, item_id: uuid.UUID) -> HttpResponse:
    """Let somebody else take it."""
    if item := QueueItem.objects.filter(pk=item_id).first():
        services.let_go(item=item, by=request.user)
    return redirect("/moderation/")


def _page_of(item: QueueItem) -> str:
    kind = registry.known(item.kind)
    return kind.url(item.object_id) if kind else "/moderation/"
