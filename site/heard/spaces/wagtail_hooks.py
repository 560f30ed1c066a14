"""What Wagtail lists and counts for someone who may not know of every space."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.query import PageQuerySet

from heard.spaces.hiding import hidden_from, without_hidden


@hooks.register("construct_explorer_page_queryset")
def in_the_explorer(parent, pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Without private spaces that this person may not know of."""
    return without_hidden(pages, request.user)


@hooks.register("construct_page_chooser_queryset")
def in_the_chooser(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Without private spaces that this person may not know of."""
    return without_hidden(pages, request.user)


@hooks.register("construct_homepage_summary_items")
def in_the_counts(request: HttpRequest, items: list) -> None:
    """No count of all pages for somebody who could tell from it that there are more than they see."""
    if hidden_from(request.user) is not None:
        items.clear()


@hooks.register("construct_main_menu")
def in_the_menu(request: HttpRequest, items: list) -> None:
    """No way to the reports that are not for them."""
    if hidden_from(request.user) is not None:
        items[:] = [item for item in items if item.name != "reports"]
