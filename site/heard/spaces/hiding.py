"""Private spaces inside Wagtail's own pages: there, too, a stranger cannot tell that they exist.

Wagtail shows titles of pages to anyone who may sign in to it, whatever their rights (in its chooser,
and when a page is opened by its number). Its rights say who may change a page; who may know of it
is ours to say.
"""

from collections.abc import Callable

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.query import PageQuerySet

from heard.spaces.models import Membership, Space, Visibility

RIGHTS = ("add", "change", "publish", "lock", "unlock", "bulk_delete")
# Wagtail's views that take a page's number, by the start of their names.
OF_ONE_PAGE = ("wagtailadmin_pages:", "wagtailadmin_explore", "wagtailadmin_choose_page",
               "wagtailadmin_api:pages")  # fmt: skip
# Reports go through all pages, so they are for those from whom nothing is hidden.
REPORTS = "wagtailadmin_reports:"
CMS = "/cms/"


def hidden_from(user) -> Q | None:
    """Which pages this person may not know of (a filter on pages), or None when there are none."""
    allowed = PagePermissionPolicy().instances_user_has_any_permission_for(user, RIGHTS)
    private = (
        Space.objects.filter(visibility=Visibility.PRIVATE)
        .exclude(pk__in=Membership.objects.current().of(user).values("space"))
        .exclude(pk__in=allowed.values("pk"))
    )
    hidden: Q | None = None
    for path in private.values_list("path", flat=True):
        below = Q(path__startswith=path)
        hidden = below if hidden is None else hidden | below
    return hidden


def without_hidden(pages: PageQuerySet, user) -> PageQuerySet:
    """These pages without those that this person may not know of."""
    hidden = hidden_from(user)
    return pages if hidden is None else pages.exclude(hidden)


class HiddenPagesMiddleware:
    """Opening a hidden page in Wagtail by its number is like opening one that is not there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args: tuple, kwargs: dict) -> None:
        """Raises Http404 before Wagtail looks at the page."""
        if not request.path.startswith(CMS) or not request.user.is_authenticated:
            return
        name = request.resolver_match.view_name if request.resolver_match else ""
        numbers = [int(part) for part in (*args, *kwargs.values()) if str(part).isdecimal()]
        of_one_page = name.startswith(OF_ONE_PAGE) and numbers
        if not of_one_page and not name.startswith(REPORTS):
            return
        hidden = hidden_from(request.user)
        if hidden is None:
            return
        if not of_one_page or Space.objects.filter(hidden, pk__in=numbers).exists():
            raise Http404
