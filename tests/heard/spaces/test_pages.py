"""Space pages: what members, strangers and nobody in particular see. Canaries stand where words could leak."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import RequestFactory
from wagtail.models import Page

from heard.accounts.models import Role
from heard.accounts.services import give_role
from heard.cms.services import plant_site
from heard.spaces.models import Group, MemberRole, SpacesPage, Visibility
from heard.spaces.services import join, leave
from tests import factories

pytestmark = pytest.mark.django_db

CANARY = "canary-4718"


@pytest.fixture
def spaces(db):
    plant_site()
    return SpacesPage.objects.get()


@pytest.fixture
def private(spaces):
    return factories.SpaceFactory(
        parent=spaces, slug="quiet-room", title=f"Quiet room {CANARY}", purpose=f"For {CANARY}.",
        how_it_works=f"<p>{CANARY}</p>", visibility=Visibility.PRIVATE,
    )  # fmt: skip


@pytest.fixture
def members_only(spaces):
    return factories.SpaceFactory(
        parent=spaces, slug="insight-group", title="Insight group", purpose="To think together.",
        how_it_works=f"<p>We meet at {CANARY}.</p>", host=f"Host {CANARY}",
        visibility=Visibility.MEMBERS,
    )  # fmt: skip


def same(html: str, address: str) -> str:
    """A page without what differs from one answer to the next."""
    return re.sub(r'nonce="[^"]*"|value="[^"]*"', "", html).replace(address, "")


def test_a_member_reads_a_private_space(client, private, rosa):
    join(space=private, person=rosa)
    client.force_login(rosa)
    html = client.get("/spaces/quiet-room/").content.decode()
    assert f"For {CANARY}." in html
    assert f"<p>{CANARY}</p>" in html
    assert CANARY in client.get("/spaces/").content.decode()


@pytest.mark.parametrize("method", ["get", "head", "post", "options", "put", "delete"])
def test_to_a_stranger_a_private_space_is_like_one_that_is_not_there(client, private, sol, method):
    for sign_in in (lambda: None, lambda: client.force_login(sol)):
        sign_in()
        hidden = getattr(client, method)("/spaces/quiet-room/")
        missing = getattr(client, method)("/spaces/no-such-room/")
        assert hidden.status_code == missing.status_code
        assert same(hidden.content.decode(), "quiet-room") == same(
            missing.content.decode(), "no-such-room"
        )
        assert dict(hidden.headers).keys() == dict(missing.headers).keys()
        assert hidden.status_code in {403, 404}  # 403: a form that was not ours, alike for both


def test_no_public_page_names_a_private_space(client, private, sol):
    for sign_in in (lambda: None, lambda: client.force_login(sol)):
        sign_in()
        for address in ("/", "/spaces/", "/themes/", "/about/", "/spaces/?q=quiet"):
            assert CANARY not in client.get(address).content.decode()


def test_a_page_below_a_private_space_is_not_there_either(client, private, sol):
    private.get_children()
    below = Group(title="Below", slug="below", purpose=CANARY, visibility=Visibility.OPEN)
    Page.objects.get(pk=private.pk).add_child(instance=below)
    client.force_login(sol)
    assert client.get("/spaces/quiet-room/below/").status_code == 404


def test_serving_a_private_space_without_a_route_to_it_is_refused(private, rf: RequestFactory):
    request = rf.get("/")
    request.user = AnonymousUser()
    with pytest.raises(Http404):
        private.serve(request)


def test_search_engines_are_told_of_open_spaces_only(private, members_only, spaces, rf):
    request = rf.get("/")
    assert private.get_sitemap_urls(request) == members_only.get_sitemap_urls(request) == []


def test_a_stranger_sees_the_name_and_purpose_of_a_members_space_and_no_more(
    client, members_only, sol
):
    for sign_in in (lambda: None, lambda: client.force_login(sol)):
        sign_in()
        html = client.get("/spaces/insight-group/").content.decode()
        assert "Insight group" in html
        assert "To think together." in html
        assert CANARY not in html
        assert CANARY not in client.get("/spaces/").content.decode()


def test_a_member_reads_how_a_members_space_works(client, members_only, rosa):
    join(space=members_only, person=rosa, role=MemberRole.CONVENOR)
    client.force_login(rosa)
    html = client.get("/spaces/insight-group/").content.decode()
    assert CANARY in html
    assert "Convenor" in html


def test_somebody_who_left_is_a_stranger_again(client, private, rosa):
    join(space=private, person=rosa)
    leave(space=private, person=rosa)
    client.force_login(rosa)
    assert client.get("/spaces/quiet-room/").status_code == 404


def test_anyone_reads_an_open_space(client, spaces):
    factories.SpaceFactory(
        parent=spaces, slug="open-room", how_it_works="<p>Come in.</p>", visibility=Visibility.OPEN
    )
    assert "Come in." in client.get("/spaces/open-room/").content.decode()


def test_a_board_member_is_shown_the_way_to_the_desk(client, spaces, rosa, sol):
    board = factories.BoardFactory(parent=spaces, slug="a-board")
    join(space=board, person=rosa)
    join(space=board, person=sol, role=MemberRole.OBSERVER)
    client.force_login(rosa)
    assert 'href="/board/a-board/"' in client.get("/spaces/a-board/").content.decode()
    client.force_login(sol)
    assert 'href="/board/a-board/"' not in client.get("/spaces/a-board/").content.decode()


LISTS = [
    "/cms/pages/{spaces}/",
    "/cms/choose-page/",
    "/cms/choose-page/{spaces}/",
    "/cms/choose-page/search/?q=quiet",
    "/cms/pages/search/?q=quiet",
    "/cms/pages/search/results/?q=quiet",
    "/cms/api/main/pages/",
    "/cms/api/main/pages/?search=quiet",
    "/cms/reports/site-history/",
    "/cms/reports/aging-pages/",
    "/cms/reports/page-types-usage/",
    "/cms/",
]
ONE_PAGE = [
    "/cms/pages/{page}/",
    "/cms/pages/{page}/edit/",
    "/cms/pages/{page}/history/",
    "/cms/pages/{page}/view_draft/",
    "/cms/pages/{page}/copy/",
    "/cms/pages/{page}/move/",
    "/cms/pages/{page}/delete/",
    "/cms/pages/{page}/unpublish/",
    "/cms/pages/{page}/set_privacy/",
    "/cms/pages/usage/spaces/group/",
    "/cms/choose-page/{page}/",
    "/cms/api/main/pages/{page}/",
]


@pytest.fixture
def editor(private):
    editor = factories.UserFactory(email="editor@heard.test")
    give_role(person=editor, role=Role.EDITOR)
    return editor


@pytest.fixture
def administrator(private):
    administrator = factories.UserFactory(email="administrator@heard.test")
    give_role(person=administrator, role=Role.ADMINISTRATOR)
    return administrator


@pytest.mark.parametrize("address", [*LISTS, *ONE_PAGE])
def test_wagtail_shows_an_editor_no_private_space(client, private, spaces, editor, address):
    client.force_login(editor)
    here = address.format(page=private.pk, spaces=spaces.pk)
    response = client.get(here, follow=True)
    assert CANARY not in response.content.decode()
    assert CANARY not in str(response.headers)


@pytest.mark.parametrize("address", ["/cms/pages/{spaces}/", "/cms/pages/{page}/edit/"])
def test_an_administrator_keeps_private_spaces_in_order(
    client, private, spaces, administrator, address
):
    client.force_login(administrator)
    html = client.get(address.format(page=private.pk, spaces=spaces.pk)).content.decode()
    assert CANARY in html


def test_in_wagtail_a_hidden_page_is_like_one_that_is_not_there(client, private, editor):
    client.force_login(editor)
    for address in ("/cms/pages/{}/", "/cms/pages/{}/edit/", "/cms/api/main/pages/{}/"):
        hidden = client.get(address.format(private.pk))
        missing = client.get(address.format(999_999))
        assert hidden.status_code == missing.status_code == 404
