"""The pages editors look after: home, information, themes, and you said, we did."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.fields import RichTextField
from wagtail.models import Page

SIMPLE = ["h2", "h3", "bold", "link", "ul", "ol"]


class HomePage(Page):
    lead = models.TextField(_("first words"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    template = "cms/home.html"
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]


class InformationPage(Page):
    """A page of plain words: privacy, accessibility, house rules, help now."""

    lead = models.TextField(_("first words"), blank=True)
    body = RichTextField(_("text"), features=SIMPLE)

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    template = "cms/information.html"


class ThemesPage(RoutablePageMixin, Page):
    """`/themes/` and `/themes/<slug>/`: what a theme is about, what was heard, what changed."""

    lead = models.TextField(_("first words"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    template = "cms/themes.html"
    max_count = 1
    subpage_types: list[str] = []


class ChangesPage(RoutablePageMixin, Page):
    """`/changes/` and `/changes/<id>/`: you said, we did."""

    lead = models.TextField(_("first words"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    template = "cms/changes.html"
    max_count = 1
    subpage_types: list[str] = []
