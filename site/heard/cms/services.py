"""Planting the site: its pages, the programme's board, the first routes and editors' rights."""

from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from wagtail.models import Page, Site

from engagement.routing.models import Route
from heard.cms import planting
from heard.cms.editors import give_rights
from heard.cms.models import ChangesPage, HomePage, InformationPage, ThemesPage
from heard.spaces.models import Board, SpacesPage, SpaceState, Visibility


@transaction.atomic
def plant_site() -> HomePage:
    """The page tree, the programme board, its first routes and the editors' rights. Safe to repeat.

    What is there already is left as it is, whatever editors made of it.
    """
    home = _home()
    _child(home, ThemesPage, "themes", title="Themes", lead=planting.THEMES_LEAD)
    _child(home, ChangesPage, "changes", title="You said, we did", lead=planting.CHANGES_LEAD)
    spaces = _child(home, SpacesPage, "spaces", title="Spaces", intro=planting.SPACES_INTRO)
    for page in planting.INFORMATION:
        _child(home, InformationPage, page.slug, title=page.title, lead=page.lead, body=page.body)
    board = _board(spaces)
    _routes(board)
    give_rights(home)
    return home


def programme_board() -> Board | None:
    """The programme's own board, where it was planted."""
    return Board.objects.filter(slug=planting.BOARD_SLUG).order_by("path").first()


def _home() -> HomePage:
    """Home, at the root of the default site; Wagtail's welcome page goes."""
    home = HomePage.objects.first()
    if home is None:
        root = Page.objects.get(depth=1)
        welcome = root.get_children().exact_type(Page).filter(slug="home").first()
        home = root.add_child(
            instance=HomePage(title="Heard", slug="heard", lead=planting.HOME_LEAD)
        )
        _default_site(home)
        if welcome:
            welcome.delete()
    else:
        _default_site(home)
    return home


def _default_site(home: HomePage) -> None:
    address = urlsplit(settings.HEARD_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={
            "hostname": address.hostname,
            "port": port,
            "site_name": "Heard",
            "root_page": home,
        },
    )
    Site.clear_site_root_paths_cache()


def _child(parent: Page, kind: type[Page], slug: str, **fields) -> Page:
    """The child of that address, made when it is missing."""
    found = Page.objects.child_of(parent).filter(slug=slug).first()
    if found:
        return found.specific
    parent = Page.objects.get(pk=parent.pk)  # fresh: the tree counts its children
    return parent.add_child(instance=kind(slug=slug, **fields))


def _board(spaces: Page) -> Board:
    fields = {**planting.BOARD, "visibility": Visibility.MEMBERS, "state": SpaceState.ACTIVE}
    return programme_board() or _child(spaces, Board, fields.pop("slug"), **fields)


def _routes(board: Board) -> None:
    """Until an editor writes others: everything goes to the board and to its themes' leads."""
    if Route.objects.exists():
        return
    Route.objects.create(name="Everything to the board", to=Route.To.BOARD, board=board)
    Route.objects.create(name="Everything to those who lead its themes", to=Route.To.LEADS)
