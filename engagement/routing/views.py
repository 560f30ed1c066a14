"""A moderator's page of one experience, and what can be done with it after it was dealt with."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from engagement.experiences.models import Experience
from engagement.routing import forms, page, services
from engagement.routing.queue import page_of
from engagement.routing.reading import Reading, read
from heard.moderation.doors import desk_door, moderators_door, role_here
from heard.moderation.permissions import may_moderate, may_open


@require_http_methods(["GET", "HEAD", "POST"])
@desk_door
def experience(request: HttpRequest, reference: str) -> HttpResponse:
    """The page of one experience. Opening it claims nothing."""
    reading = _reading(request, reference)
    if request.method != "POST":
        return page.show(request, reading)
    if not may_moderate(request.user):
        raise PermissionDenied
    return page.act(request, reading)


@require_POST
@moderators_door
def move(request: HttpRequest, reference: str) -> HttpResponse:
    """Take it off hold, up again after it was returned, or off the list after it was taken back."""
    found = get_object_or_404(Experience, reference=reference)
    deeds = {
        "release": services.release_experience,
        "reopen": services.reopen_experience,
        "close": services.close_withdrawn,
    }
    deed = deeds.get(request.POST.get("do", ""))
    if deed is None:
        return redirect(page_of(reference))
    try:
        deed(experience=found, by=request.user)
    except services.Refused as refused:
        name = refused.by or _("Somebody")
        messages.error(request, _("%(name)s was first. It stands as below.") % {"name": name})
    return redirect(page_of(reference))


@require_POST
@moderators_door
def retag(request: HttpRequest, reference: str) -> HttpResponse:
    """Change the themes of what was passed on."""
    reading = _reading(request, reference)
    if reading.matter is None:
        raise Http404
    form = forms.ThemesForm(request.POST, reading=reading)
    if not form.is_valid():
        return _settled(request, reading, retag=form)
    given = form.cleaned_data
    services.retag_matter(
        matter=reading.matter, themes=given["themes"], actions=given["actions"], by=request.user
    )
    messages.success(request, _("The themes are changed. Those who had it were told."))
    return redirect(page_of(reference))


@require_POST
@moderators_door
def original(request: HttpRequest, reference: str) -> HttpResponse:
    """Open the sealed words, for a reason that is kept."""
    reading = _reading(request, reference)
    form = forms.OriginalForm(request.POST)
    if not form.is_valid():
        return _settled(request, reading, why=form)
    opened = services.open_original(
        experience=reading.experience, by=request.user, reason=form.cleaned_data["why"]
    )
    context = {"opened": opened, "reading": reading, "desk_role": role_here(request.user)}
    return render(request, "routing/original.html", context)


def _settled(request: HttpRequest, reading: Reading, **forms_with_errors) -> HttpResponse:
    if reading.waits:
        return redirect(page_of(reading.experience.reference))
    return page.show_settled(request, reading, **forms_with_errors)


def _reading(request: HttpRequest, reference: str) -> Reading:
    """The experience, for those who may open it; 404 for all others, whether it exists or not."""
    reading = read(get_object_or_404(Experience, reference=reference))
    if may_moderate(request.user):
        return reading
    if reading.item is None or not may_open(request.user, reading.item):
        raise Http404
    return reading
