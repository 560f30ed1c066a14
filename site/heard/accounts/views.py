"""A person's own page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from heard.accounts.panels import panels_of
from heard.navigation import desks_of


@login_required
def me(request: HttpRequest) -> HttpResponse:
    """Who you are signed in as, your desks, what else is yours, and the way out."""
    context = {"desks": desks_of(request.user), "panels": panels_of(request.user)}
    return render(request, "accounts/me.html", context)
