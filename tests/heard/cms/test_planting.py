"""Planting the site: its pages, that repeating is safe, and what editors may touch."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from wagtail.models import Page, Site
from wagtail.permission_policies.pages import PagePermissionPolicy

from engagement.routing.models import Route
from engagement.themes.models import Theme
from heard.accounts.models import Role
from heard.accounts.services import give_role, take_role
from heard.cms.models import HomePage, InformationPage
from heard.cms.services import plant_site, programme_board
from heard.spaces.models import Board, SpacesPage, Visibility
from tests import factories

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/",
    "/about/",
    "/accessibility/",
    "/changes/",
    "/contact/",
    "/help/",
    "/house-rules/",
    "/privacy/",
    "/report/",
    "/spaces/",
    "/spaces/programme-board/",
    "/themes/",
]


def test_every_page_stands_at_its_address_and_home_is_the_default_site():
    home = plant_site()
    assert sorted(page.url for page in Page.objects.filter(depth__gt=1)) == ADDRESSES
    assert Site.objects.get(is_default_site=True).root_page_id == home.pk
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_planting_twice_makes_nothing_twice_and_keeps_what_editors_changed():
    plant_site()
    InformationPage.objects.filter(slug="privacy").update(title="Our privacy words")
    Route.objects.filter(to=Route.To.LEADS).delete()
    before = Page.objects.count()
    plant_site()
    assert Page.objects.count() == before
    assert InformationPage.objects.get(slug="privacy").title == "Our privacy words"
    assert Route.objects.count() == 1
    assert HomePage.objects.count() == Board.objects.count() == 1


def test_the_tree_is_sound_after_planting():
    plant_site()
    plant_site()
    assert not any(Page.find_problems())


def test_everything_goes_to_the_programme_board_and_to_the_leads_of_its_themes():
    plant_site()
    routes = {route.to: route for route in Route.objects.all()}
    assert routes[Route.To.BOARD].board == programme_board()
    assert all(route.theme is None and route.active for route in routes.values())
    assert set(routes) == {Route.To.BOARD, Route.To.LEADS}


def test_the_help_page_has_numbers_that_can_be_rung():
    plant_site()
    body = InformationPage.objects.get(slug="help").body
    for number in ("999", "111", "116123", "08001111", "08082000247"):
        assert f'href="tel:{number}"' in body


def test_an_editor_may_change_public_pages_and_no_space():
    home = plant_site()
    private = factories.SpaceFactory(visibility=Visibility.PRIVATE, parent=SpacesPage.objects.get())
    editor = factories.UserFactory()
    give_role(person=editor, role=Role.EDITOR)
    may_change = PagePermissionPolicy().instances_user_has_permission_for(editor, "change")
    assert {page.url for page in may_change} == {
        address for address in ADDRESSES if address != "/" and "/spaces/" not in address
    }
    seen = PagePermissionPolicy().explorable_instances(editor)
    assert private.pk not in set(seen.values_list("pk", flat=True))
    assert home.pk in set(seen.values_list("pk", flat=True))


def test_an_editor_whose_role_is_taken_back_may_change_nothing():
    plant_site()
    editor = factories.UserFactory()
    give_role(person=editor, role=Role.EDITOR)
    take_role(person=editor, role=Role.EDITOR)
    editor = type(editor).objects.get(pk=editor.pk)
    assert not editor.has_perm("wagtailadmin.access_admin")


def test_the_command_loads_the_file_and_plants(capsys):
    call_command("load_programme")
    assert Theme.objects.count() == 8
    assert Board.objects.count() == 1
    assert "93 added" in capsys.readouterr().out
    call_command("load_programme")
    assert "93 unchanged" in capsys.readouterr().out


def test_the_command_says_what_is_wrong_with_a_file(tmp_path):
    wrong = tmp_path / "programme.json"
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_programme", str(wrong))
    wrong.write_text("{not json", encoding="utf-8")
    with pytest.raises(CommandError, match="not JSON"):
        call_command("load_programme", str(wrong))
    wrong.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CommandError, match="not JSON in UTF-8"):
        call_command("load_programme", str(wrong))
    wrong.write_text(json.dumps({"programme": {"slug": "x"}}), encoding="utf-8")
    with pytest.raises(CommandError, match=r"programme\.name: must be words"):
        call_command("load_programme", str(wrong))
