"""The pages editors look after: home, information, themes, and you said, we did."""

from django.db import models
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.fields import RichTextField
from wagtail.models import Page

from engagement.experiences.models import Call
from engagement.responses.models import Response
from engagement.responses.pages import cards, change_context, changes_context, to_read
from engagement.themes.models import Theme
from engagement.themes.passages import sentences
from heard.cms.figures import home_figures, people_by_theme
from heard.cms.thread import one_thread, voices_in
from heard.spaces.models import Space

LATEST = 3  # answers on home
MOST_OF_A_THEME = 8  # answers on a theme's page
VOICES = 3  # quotes on a theme's page
SIMPLE = ["h2", "h3", "bold", "link", "ul", "ol"]


class HomePage(Page):
    lead = models.TextField(_("first words"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    template = "cms/home.html"
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        """The themes, the latest answers, and how many were heard. Eight queries, however much."""
        context = super().get_context(request, *args, **kwargs)
        context["themes"] = Theme.objects.current()
        latest = cards(to_read(Response.objects.newest_first())[:LATEST])
        context.update(answers=latest, thread=one_thread(latest))
        context["figures"] = home_figures()
        return context


class InformationPage(Page):
    """A page of plain words: privacy, accessibility, house rules, help now."""

    lead = models.TextField(_("first words"), blank=True)
    body = RichTextField(_("text"), features=SIMPLE)

    content_panels = [*Page.content_panels, FieldPanel("lead"), FieldPanel("body")]
    template = "cms/information.html"
    # Editors add pages below the ones they have: a right on home would reach into every space.
    parent_page_types = ["cms.HomePage", "cms.InformationPage"]
    subpage_types = ["cms.InformationPage"]


class ThemesPage(RoutablePageMixin, Page):
    """`/themes/` and `/themes/<slug>/`: what a theme is about, what was heard, what changed."""

    lead = models.TextField(_("first words"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    template = "cms/themes.html"
    max_count = 1
    subpage_types: list[str] = []

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        """All themes, each with how many people were heard about it."""
        context = super().get_context(request, *args, **kwargs)
        themes = list(Theme.objects.current())
        people = people_by_theme(themes)
        context["themes"] = [
            {
                "theme": theme,
                "people": people[theme.pk],
                "first_words": sentences(theme.summary)[0],
            }
            for theme in themes
        ]
        return context

    @path("<slug:slug>/", name="theme")
    def theme(self, request: HttpRequest, slug: str) -> HttpResponse:
        """One theme: what it is about, what was heard, what was promised, what changed."""
        theme = get_object_or_404(Theme.objects.current(), slug=slug)
        newest = cards(to_read(Response.objects.about(theme).newest_first())[: MOST_OF_A_THEME + 1])
        overrides = {
            "theme": theme,
            "actions": theme.actions.all(),
            "people": people_by_theme([theme])[theme.pk],
            "voices": voices_in(newest)[:VOICES],
            "answers": newest[:MOST_OF_A_THEME],
            "more": len(newest) > MOST_OF_A_THEME,
            "calls": _calls(request.user).filter(themes=theme),
        }
        return self.render(request, context_overrides=overrides, template="cms/theme.html")


def _calls(user) -> QuerySet[Call]:
    """The calls that are open and not inside a space that this person may not know of."""
    within = Q(space=None) | Q(space__in=Space.objects.known_to(user))
    return Call.objects.open_now().filter(within)


class ChangesPage(RoutablePageMixin, Page):
    """`/changes/` and `/changes/<id>/`: you said, we did."""

    lead = models.TextField(_("first words"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("lead")]
    template = "cms/changes.html"
    max_count = 1
    subpage_types: list[str] = []

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        """The published answers, newest first, for the theme, place and outcome asked for."""
        context = super().get_context(request, *args, **kwargs)
        return {**context, **changes_context(request.GET)}

    @path("<int:pk>/", name="change")
    def change(self, request: HttpRequest, pk: int) -> HttpResponse:
        """One published answer, at an address that stays."""
        overrides = change_context(pk)
        return self.render(request, context_overrides=overrides, template="cms/change.html")
