"""Too many tries from one place: a page that says when to try again, and gives back what was typed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from heard.limits import Limit
from heard.views import typed


def answer(request: HttpRequest, limit: Limit) -> HttpResponse:
    """429, with the words kept and the time to wait."""
    context = {"kept": typed(request), "minutes": max(1, limit.seconds // 60)}
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = str(limit.seconds)
    return response
