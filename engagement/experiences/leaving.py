"""Leaving no trace on a device that others use: what every way out of the journey does to the browser."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from engagement.experiences import story, visit

# "cache" is left out: these pages are never cached, and browsers take seconds to clear it, which
# somebody who must leave at once does not have.
_CLEARED = '"cookies", "storage"'


def clear(response: HttpResponse) -> HttpResponse:
    """Take our cookies out of the browser, and all it keeps for this site."""
    story.forget(response)
    visit.forget(response)
    for name in (settings.CSRF_COOKIE_NAME, settings.SESSION_COOKIE_NAME):
        response.delete_cookie(name, samesite="Lax")
        if settings.SECURE:
            response.cookies[name]["secure"] = True
    response["Clear-Site-Data"] = _CLEARED
    return response


def is_own_doing(request: HttpRequest) -> bool:
    """Whether the person came from our own page or typed the address, not from somebody else's link."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site in {"same-origin", "none"}
    referer = request.headers.get("Referer", "")
    return not referer or urlsplit(referer).netloc == request.get_host()
