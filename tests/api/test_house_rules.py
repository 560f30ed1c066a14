"""What holds for the whole API: its errors, its schema, its lists, its tokens."""

import json

import pytest
import yaml
from django.core.management import call_command
from django.core.management.base import CommandError
from django.urls import get_resolver

from heard.spaces.models import Visibility
from heard.spaces.services import join
from tests import factories

pytestmark = pytest.mark.django_db

PROBLEM = "application/problem+json"


def addresses() -> list[str]:
    """Every address of the API as the URLconf has it, with a number or a name put in."""
    found = []
    for entry in get_resolver("heard.api").reverse_dict.items():
        for possible, _params in entry[1][0]:
            found.append("/api/v1/" + possible % {"pk": "1", "slug": "one", "reference": "HD-1"})
    return sorted(set(found) - {"/api/v1/"})


def test_the_schema_is_valid_and_without_a_warning(tmp_path):
    file = tmp_path / "schema.yml"
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(file))
    assert yaml.safe_load(file.read_text())["openapi"].startswith("3.")


def test_the_schema_covers_every_address(client):
    response = client.get("/api/v1/schema/?format=json")
    assert response.status_code == 200
    described = {
        path.replace("{id}", "1").replace("{slug}", "one").replace("{reference}", "HD-1")
        for path in response.json()["paths"]
    }
    assert set(addresses()) - described == {"/api/v1/schema/"}


@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", ["", "nowhere/", "themes/homes/more/", "experiences", "../x"])
def test_where_there_is_nothing_is_a_problem_document(client, method, address):
    response = getattr(client, method)(f"/api/v1/{address}")
    assert response.status_code == 404
    assert response["Content-Type"] == PROBLEM
    assert response.json()["status"] == 404


def test_nobody_signed_in_gets_401_where_that_is_needed(client):
    for name in ("notifications", "insights", "decisions", "commitments"):
        response = client.get(f"/api/v1/{name}/")
        assert (response.status_code, response["Content-Type"]) == (401, PROBLEM)
        assert response["WWW-Authenticate"] == "Token"


def test_a_wrong_token_gets_401(client):
    response = client.get("/api/v1/themes/", headers={"Authorization": "Token nonsense"})
    assert (response.status_code, response["Content-Type"]) == (401, PROBLEM)


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("get", "experiences/"), ("delete", "experiences/"), ("get", "receipts/"),
        ("post", "themes/"), ("put", "themes/homes-housing/"), ("delete", "spaces/one/"),
    ],
)  # fmt: skip
def test_a_method_that_is_not_for_this_address_gets_405(client, sol, method, address):
    client.force_login(sol)
    response = getattr(client, method)(f"/api/v1/{address}")
    assert (response.status_code, response["Content-Type"]) == (405, PROBLEM)


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]
)
def test_a_body_that_is_not_json_gets_415(client, kind):
    response = client.post("/api/v1/experiences/", "text=hello", content_type=kind)
    assert (response.status_code, response["Content-Type"]) == (415, PROBLEM)


def test_themes_are_listed_in_order_and_named_by_slug(client):
    call_command("load_programme", verbosity=0)
    answer = client.get("/api/v1/themes/").json()
    assert set(answer) == {"results", "next"}
    assert [theme["number"] for theme in answer["results"]] == [1, 2, 3, 4, 5, 6, 7, 8]
    one = client.get("/api/v1/themes/homes-housing/").json()
    assert (one["title"], len(one["actions"])) == ("Homes and housing", 4)
    assert client.get("/api/v1/themes/none/").status_code == 404
    found = client.get("/api/v1/themes/?q=racism").json()["results"]
    assert [theme["slug"] for theme in found] == ["racism-discrimination"]


def test_a_list_is_read_page_by_page(client):
    call_command("load_programme", verbosity=0)
    numbers, address = [], "/api/v1/themes/?limit=3"
    while address:
        answer = client.get(address).json()
        numbers += [theme["number"] for theme in answer["results"]]
        address = answer["next"]
    assert numbers == [1, 2, 3, 4, 5, 6, 7, 8]


@pytest.mark.parametrize("query", ["limit=0", "limit=x", "limit=99999", "q=%00", "q=" + "x" * 999])
def test_an_odd_question_of_a_list_is_still_answered(client, query):
    assert client.get(f"/api/v1/themes/?{query}").status_code in {200, 400}


class TestSpaces:
    CANARY = "canary-9955"

    @pytest.fixture(autouse=True)
    def _spaces(self, db):
        facts = {"purpose": "To meet.", "how_it_works": f"<p>{self.CANARY}</p>"}
        self.open = factories.SpaceFactory(slug="open", visibility=Visibility.OPEN)
        self.members = factories.SpaceFactory(
            slug="members", visibility=Visibility.MEMBERS, host=self.CANARY, **facts
        )
        self.private = factories.SpaceFactory(
            slug="private", title=self.CANARY, visibility=Visibility.PRIVATE
        )

    def test_a_stranger_hears_of_open_and_members_spaces(self, client, sol):
        for sign_in in (lambda: None, lambda: client.force_login(sol)):
            sign_in()
            response = client.get("/api/v1/spaces/")
            slugs = {space["slug"] for space in response.json()["results"]}
            assert slugs == {"open", "members"}
            assert self.CANARY not in response.content.decode()

    def test_to_a_stranger_a_private_space_is_like_one_that_is_not_there(self, client, sol):
        client.force_login(sol)
        hidden, missing = (client.get(f"/api/v1/spaces/{slug}/") for slug in ("private", "none"))
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content == missing.content

    def test_a_search_finds_no_private_space(self, client, sol):
        client.force_login(sol)
        assert client.get(f"/api/v1/spaces/?q={self.CANARY}").json()["results"] == []

    def test_a_member_reads_all_of_it(self, client, rosa):
        join(space=self.private, person=rosa)
        join(space=self.members, person=rosa)
        client.force_login(rosa)
        answer = client.get("/api/v1/spaces/members/").json()
        assert answer["how_it_works"] == f"<p>{self.CANARY}</p>"
        assert answer["your_role"] == "member"
        assert client.get("/api/v1/spaces/private/").json()["title"] == self.CANARY

    def test_a_list_asks_as_often_for_many_as_for_few(
        self, client, rosa, django_assert_max_num_queries
    ):
        client.force_login(rosa)
        client.get("/api/v1/spaces/")
        with django_assert_max_num_queries(20) as few:
            client.get("/api/v1/spaces/")
        for _ in range(20):
            join(space=factories.SpaceFactory(visibility=Visibility.OPEN), person=rosa)
        with django_assert_max_num_queries(len(few)):
            client.get("/api/v1/spaces/")


class TestTokens:
    def test_the_command_prints_a_token_that_signs_in(self, client, rosa, capsys):
        call_command("api_token", "Rosa@Heard.test")
        token = capsys.readouterr().out.split()[-1]
        headers = {"Authorization": f"Token {token}"}
        assert client.get("/api/v1/notifications/", headers=headers).status_code == 200

    def test_an_unknown_address_is_told_so(self, db):
        with pytest.raises(CommandError, match="Nobody signs in as"):
            call_command("api_token", "nobody@heard.test")

    def test_somebody_switched_off_gets_none_and_their_old_one_ends(self, client, rosa, capsys):
        call_command("api_token", rosa.email)
        token = capsys.readouterr().out.split()[-1]
        type(rosa).objects.filter(pk=rosa.pk).update(is_active=False)
        headers = {"Authorization": f"Token {token}"}
        assert client.get("/api/v1/notifications/", headers=headers).status_code == 401
        with pytest.raises(CommandError, match="switched off"):
            call_command("api_token", rosa.email)


def test_a_problem_says_its_kind_title_and_status(client):
    problem = json.loads(client.get("/api/v1/nowhere/").content)
    assert set(problem) == {"type", "title", "status"}


@pytest.mark.django_db
def test_a_token_that_is_no_text_is_a_wrong_token(client):
    refused = client.get("/api/v1/referrals/", headers={"authorization": "Token \xff\xfe"})
    assert refused.status_code == 401
    assert refused["Content-Type"] == "application/problem+json"
