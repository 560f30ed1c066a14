"""Calls for experiences, where editors make them."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from engagement.experiences.models import Call


class CallViewSet(SnippetViewSet):
    """A call, with its questions in the order in which they are asked."""

    model = Call
    icon = "help"
    menu_label = _("Calls")
    add_to_admin_menu = True
    list_display = ["title", "slug", "opens", "closes"]
    search_fields = ["title", "slug"]
    ordering = ["-opens"]
    panels = [
        FieldPanel("title"),
        FieldPanel("slug"),
        FieldPanel("intro"),
        FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")]),
        FieldPanel("themes"),
        FieldPanel("space"),
        InlinePanel(
            "questions",
            heading=_("Questions"),
            help_text=_("Each is asked on a page of its own, and can be left out."),
            label=_("Question"),
        ),
    ]


register_snippet(CallViewSet)
