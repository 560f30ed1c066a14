"""What Wagtail lists to someone who may not know of every space."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.query import PageQuerySet

from heard.spaces.hiding import without_hidden


@hooks.register("construct_explorer_page_queryset")
def in_the_explorer(parent, pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Without private spaces that this person may not know of."""
    return without_hidden(pages, request.user)


@hooks.register("construct_page_chooser_queryset")
def in_the_chooser(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Without private spaces that this person may not know of."""
    return without_hidden(pages, request.user)
