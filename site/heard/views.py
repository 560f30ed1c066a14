"""Pages that belong to no room: health, and what is shown when something went wrong."""

import logging
import sys

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.utils import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from psycopg_pool import PoolTimeout

log = logging.getLogger(__name__)
OUTAGES = (OperationalError, InterfaceError, PoolTimeout)
# Fields that are never given back in a page: they are not someone's words.
NOT_WORDS = {"csrfmiddlewaretoken", "password", "password1", "password2", "oldpassword", "code"}


# What people write in their own words stands on the page again; ticks and choices go along unseen.
WORDS = {
    "text": _("What happened"),
    "better": _("What would have made it better"),
    "message": _("Your message"),
}
LONG = 60


def typed(request: HttpRequest) -> list[dict[str, object]]:
    """What someone typed, so that a page that could not save it gives it back.

    [{"name", "value", "label"}], as components/kept.html takes it.
    """
    try:
        posted = request.POST
    except Exception:  # a body that cannot be read holds nothing to give back
        return []
    return [
        {"name": name, "value": value, "label": _label(name, value)}
        for name in posted
        if name not in NOT_WORDS
        for value in posted.getlist(name)
    ]


def _label(name: str, value: str) -> str:
    if name in WORDS and value:
        return str(WORDS[name])
    return gettext("What you wrote") if len(value) > LONG or "\n" in value else ""


def healthz(request: HttpRequest) -> JsonResponse:
    """The process is alive."""
    return JsonResponse({"status": "ok"})


def not_saved(request: HttpRequest) -> HttpResponse:
    """503: we could not save it; here is what you typed."""
    log.error("the database is away: a request was turned back")
    if request.path.startswith("/api/"):
        problem = {"title": "Not saved: try again shortly", "status": 503}
        return JsonResponse(
            problem,
            status=503,
            content_type="application/problem+json",
            headers={"Retry-After": "30"},
        )
    context = {"kept": typed(request), "posted": request.method == "POST"}
    response = render(request, "503.html", context, status=503)
    response["Retry-After"] = "30"
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the page was open too long; what was typed comes back with a fresh token, ready to send again."""
    return render(request, "csrf_failure.html", {"kept": typed(request)}, status=403)


def editors_sign_in(request: HttpRequest) -> HttpResponse:
    """Wagtail sends people here: to Heard's own sign-in, or nowhere when that would not help."""
    if request.user.is_authenticated:
        raise PermissionDenied
    back = request.GET.get("next", "/cms/")
    return redirect_to_login(back if back.startswith("/cms/") else "/cms/")


def bad_request(request: HttpRequest, exception=None) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception=None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception=None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 when what went wrong is that the database is away, whichever layer noticed."""
    if isinstance(sys.exc_info()[1], OUTAGES):
        return not_saved(request)
    return render(request, "500.html", status=500)
