"""Rules of who is sent what, for editors: written and explained without code."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from engagement.routing.models import Route


class RouteViewSet(SnippetViewSet):
    """The rules, each with what it does in one sentence."""

    model = Route
    icon = "list-ul"
    menu_label = _("Who is sent what")
    add_to_admin_menu = True
    list_display = ["name", "explanation", "active"]
    list_filter = ["active", "to", "theme"]
    search_fields = ["name"]


register_snippet(RouteViewSet)
