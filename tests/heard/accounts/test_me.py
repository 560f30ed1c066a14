"""A person's own page."""

import pytest

from heard.spaces.models import Visibility
from heard.spaces.services import join
from tests import factories

pytestmark = pytest.mark.django_db


def test_it_says_who_is_signed_in_and_where_they_belong(client, rosa):
    join(space=factories.SpaceFactory(title="Quiet room", visibility="private"), person=rosa)
    client.force_login(rosa)
    response = client.get("/me/")
    html = response.content.decode()
    assert "rosa@heard.test" in html
    assert "Quiet room" in html
    assert 'action="/accounts/logout/"' in html
    assert "no-store" in response["Cache-Control"]


def test_it_names_no_space_of_others(client, sol):
    factories.SpaceFactory(title="Canary room", visibility=Visibility.PRIVATE)
    client.force_login(sol)
    html = client.get("/me/").content.decode()
    assert "Canary room" not in html
    assert "not a member of a space yet" in html


def test_a_name_is_shown_as_it_was_written(client):
    client.force_login(factories.UserFactory(name="<b>O'Brien</b>"))
    html = client.get("/me/").content.decode()
    assert "&lt;b&gt;O&#x27;Brien&lt;/b&gt;" in html
    assert "<b>O" not in html


def test_it_asks_for_sign_in(client):
    response = client.get("/me/")
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/me/")
