"""The doors of the moderators' pages: sign in first; someone without the role is told that it is not theirs."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from heard.moderation.permissions import may_moderate, may_see_desk

View = Callable[..., HttpResponse]


def desk_door(view: View) -> View:
    """For moderators and the safeguarding lead."""
    return _door(view, may_see_desk)


def moderators_door(view: View) -> View:
    """For moderators alone: whatever changes something."""
    return _door(view, may_moderate)


def role_here(user) -> str:
    """What this person is at the moderators' desk."""
    return _("moderator") if may_moderate(user) else _("safeguarding lead")


def _door(view: View, may: Callable[[object], bool]) -> View:
    @login_required
    @wraps(view)
    def opened(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not may(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return opened
