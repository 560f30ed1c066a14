"""Clearing and referrals by API."""

import pytest

from engagement.experiences.models import State
from engagement.experiences.services import withdraw
from engagement.routing import services
from engagement.routing.models import Matter, Referral
from heard.moderation.models import QueueItem
from heard.moderation.services import claim
from tests.factories import DistrictFactory, ExperienceFactory, RouteFactory, ThemeFactory

CANARY = "Zanzibarra of 14 Ashdown Terrace"


@pytest.fixture
def api(client, amir):
    client.force_login(amir)
    return client


def clear(client, experience, **body):
    url = f"/api/v1/experiences/{experience.reference}/clear/"
    return client.post(url, body or {"themes": ["homes-housing"]}, content_type="application/json")


def test_a_moderator_clears_by_api_and_the_board_reads_the_cleared_words(
    api, client, bea, board, homes, homes_to_board
):
    experience = ExperienceFactory(text=CANARY, better=CANARY, district=DistrictFactory())
    answer = clear(
        api, experience, themes=["homes-housing"], title="Cold", text="It is cold.", better="Heat."
    )
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "reference": experience.reference,
            "state": "cleared",
            "title": "Cold",
            "summary": "It is cold.",
            "themes": ["homes-housing"],
        },
    )
    client.force_login(bea)
    referral = Referral.objects.get()
    body = client.get(f"/api/v1/referrals/{referral.pk}/").json()
    made = body.pop("made")
    assert made
    assert body == {
        "id": referral.pk,
        "kind": "experience",
        "reference": experience.reference,
        "title": "Cold",
        "summary": "It is cold.",
        "themes": ["homes-housing"],
        "district": "oldham",
        "people": "fewer than 5 people",
        "text": "It is cold.",
        "better": "Heat.",
        "quote": False,
        "withdrawn": False,
        "because": ["It is about Homes (rule “Homes to the board”)."],
        "state": "new",
        "url": f"/api/v1/referrals/{referral.pk}/",
    }
    assert "Zanzibarra" not in client.get("/api/v1/referrals/").content.decode()


def test_only_moderators_clear_and_nothing_is_said_of_what_exists(client, rosa, bea, homes):
    experience = ExperienceFactory()
    missing = ExperienceFactory.build(reference="HD-NONE-00")
    assert clear(client, experience).status_code == 401
    for person in (rosa, bea):
        client.force_login(person)
        answers = [clear(client, one) for one in (experience, missing)]
        assert [answer.status_code for answer in answers] == [403, 403]
        assert answers[0].content == answers[1].content
    assert not Matter.objects.exists()


def test_an_unknown_reference_is_not_found(api, homes):
    assert clear(api, ExperienceFactory.build(reference="HD-NONE-00")).status_code == 404


@pytest.mark.parametrize(
    "body",
    [
        {"themes": []},
        {"themes": ["no-such-theme"]},
        {"themes": "homes-housing"},
        {"themes": [None]},
        {"themes": [{"slug": "x"}]},
        {"title": "No themes"},
        {"themes": ["homes-housing"], "text": "  \u200b "},
        {"themes": ["homes-housing"], "text": "\x00"},
        {"themes": ["homes-housing"], "text": "a" * 10_001},
        {"themes": ["homes-housing"], "text": ["a"]},
        {"themes": ["homes-housing"], "title": "a" * 201},
        {"themes": ["homes-housing"], "summary": "a" * 501},
    ],
)
def test_bad_input_is_a_problem_and_changes_nothing(api, homes, body):
    experience = ExperienceFactory()
    answer = clear(api, experience, **body)
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    experience.refresh_from_db()
    assert (experience.state, Matter.objects.count()) == (State.RECEIVED, 0)


def test_protected_fields_are_ignored(api, amir, homes):
    experience = ExperienceFactory()
    extra = {"reference": "HD-MINE-00", "people": 99, "kind": "x", "by": 1, "state": "decided"}
    assert clear(api, experience, themes=["homes-housing"], **extra).status_code == 200
    matter = Matter.objects.get()
    assert (matter.reference, matter.people, matter.kind) == (experience.reference, 1, "experience")


def test_whoever_comes_second_is_told_who_was_first(api, maud, homes):
    experience, other = ExperienceFactory(), ExperienceFactory()
    services.clear_experience(experience=experience, by=maud, themes=[homes])
    claim(item=QueueItem.objects.get(object_id=other.reference), by=maud)
    for one, words in ((experience, "Maud dealt with it first."), (other, "Maud has claimed it.")):
        answer = clear(api, one)
        assert (answer.status_code, answer.json()["title"]) == (409, words)


def test_without_the_consent_it_is_a_conflict_that_says_so(api, homes):
    answer = clear(api, ExperienceFactory(consents=[]))
    assert answer.status_code == 409
    assert "did not agree" in answer.json()["title"]
    assert not Matter.objects.exists()


@pytest.fixture
def cleared(amir, homes, homes_to_board):
    experience = ExperienceFactory(text=CANARY, consents=["insight", "quote"])
    services.clear_experience(
        experience=experience, by=amir, themes=[homes], text="Damp walls.", title="Damp"
    )
    return experience


def test_those_it_was_not_sent_to_find_nothing_there(client, rosa, amir, cleared):
    referral = Referral.objects.get()
    url = f"/api/v1/referrals/{referral.pk}/"
    assert client.get(url).status_code == 401
    for person in (rosa, amir):
        client.force_login(person)
        hidden, missing = client.get(url), client.get("/api/v1/referrals/999999/")
        assert (hidden.status_code, hidden.content) == (404, missing.content)
        assert client.get("/api/v1/referrals/").json() == {"results": [], "next": None}


def test_the_list_is_found_by_theme_and_words(client, bea, amir, board, cleared):
    money = ThemeFactory(slug="money")
    RouteFactory(board=board, theme=money)
    second = ExperienceFactory(text="The meter ate it.")
    services.clear_experience(experience=second, by=amir, themes=[money])
    client.force_login(bea)

    def found(query):
        rows = client.get(f"/api/v1/referrals/{query}").json()["results"]
        return [row["reference"] for row in rows]

    assert found("") == [second.reference, cleared.reference]
    assert found("?theme=money") == [second.reference]
    assert found("?q=damp") == [cleared.reference]
    assert found(f"?q={second.reference.lower()}") == [second.reference]
    assert found("?q=ashdown") == []
    assert found("?theme=nonsense&q=%00") == []
    assert client.get("/api/v1/referrals/?cursor=nonsense").status_code == 404


def test_what_was_taken_back_has_no_words_any_more(client, bea, cleared):
    client.force_login(bea)
    withdraw(experience=cleared)
    body = client.get(f"/api/v1/referrals/{Referral.objects.get().pk}/").json()
    assert (body["withdrawn"], body["text"], body["quote"]) == (True, "", False)
    assert body["title"] == "Taken back by the person who wrote it"


def test_what_was_recalled_says_so_without_words_and_leaves_the_list(client, bea, amir, cleared):
    services.retag_matter(matter=Matter.objects.get(), themes=[ThemeFactory()], by=amir)
    client.force_login(bea)
    body = client.get(f"/api/v1/referrals/{Referral.objects.get().pk}/").json()
    assert (body["state"], body["title"], body["text"]) == ("recalled", "", "")
    assert client.get("/api/v1/referrals/").json()["results"] == []


def test_a_list_takes_as_many_queries_for_ten_as_for_one(
    client, bea, amir, homes, cleared, django_assert_max_num_queries
):
    for _number in range(10):
        services.clear_experience(experience=ExperienceFactory(), by=amir, themes=[homes])
    client.force_login(bea)
    with django_assert_max_num_queries(9):
        assert len(client.get("/api/v1/referrals/").json()["results"]) == 11
