"""The thread by API, end to end: shared, cleared, referred, grouped, decided, and read on the receipt."""

import json

import pytest
from django.core.management import call_command
from knox.models import get_token_model

from engagement.experiences.models import Experience
from heard.accounts.models import User
from heard.cms.services import programme_board
from heard.notifications.models import Notification
from heard.spaces.services import join
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.journey]

RAW = "Kevin Marsh from the agency held a leaflet about windows. The window does not open."
CLEARED = "A man from the agency held a leaflet about windows. The window does not open."
REASON = "No, because the money is promised until April. We ask again in May."


@pytest.fixture
def programme(db):
    call_command("load_programme", verbosity=0)
    return programme_board()


@pytest.fixture
def ask(client):
    """Asks as somebody, by token: `ask(bea, "get", "insights/")`."""
    tokens: dict[int, str] = {}

    def send(person: User | None, method: str, address: str, body: dict | None = None):
        headers = {}
        if person:
            if person.pk not in tokens:
                tokens[person.pk] = get_token_model().objects.create(user=person)[1]
            headers["Authorization"] = f"Token {tokens[person.pk]}"
        return getattr(client, method)(
            f"/api/v1/{address}",
            json.dumps(body) if body is not None else None,
            content_type="application/json",
            headers=headers,
        )

    return send


@pytest.fixture
def bea(programme):
    bea = factories.UserFactory(email="bea@heard.test", name="Bea")
    join(space=programme, person=bea)
    return bea


@pytest.fixture
def shared(ask, programme):
    consents = {"insight": True, "quote": True}
    body = {"text": RAW, "district": "oldham", "consents": consents}
    return ask(None, "post", "experiences/", body).json()


@pytest.fixture
def cleared(ask, shared, amir):
    body = {"themes": ["homes-housing"], "title": "Blamed for damp", "text": CLEARED}
    response = ask(amir, "post", f"experiences/{shared['reference']}/clear/", body)
    assert response.status_code == 200, response.content
    return shared


@pytest.fixture
def insight(ask, cleared, bea):
    body = {"title": "Blamed for damp", "experiences": [cleared["reference"]]}
    response = ask(bea, "post", "insights/", body)
    assert response.status_code == 201, response.content
    return response.json()


def test_the_person_who_shared_reads_the_decision_and_its_reason(ask, cleared, insight, bea):
    decided = ask(
        bea, "post", f"insights/{insight['id']}/decide/", {"kind": "decline", "reason": REASON}
    )
    assert decided.status_code == 201
    story = ask(None, "post", "receipts/", {"receipt": cleared["receipt"]}).json()
    assert story["state"] == "decided"
    kinds = [step["kind"] for step in story["steps"]]
    assert kinds == ["said", "heard", "referred", "grouped", "decided"]
    told = story["steps"][-1]["data"]
    assert (told["kind"], told["reason"], told["provisional"]) == ("decline", REASON, False)
    assert all(step["title"] for step in story["steps"])


def test_the_published_answer_is_named_on_the_receipt_and_read_by_anyone(
    ask, cleared, insight, bea
):
    decision = ask(
        bea, "post", f"insights/{insight['id']}/decide/", {"kind": "decline", "reason": REASON}
    ).json()
    start = CLEARED.index("The window")
    quote = {"experience": cleared["reference"], "start": start, "end": len(CLEARED)}
    body = {
        "decision": decision["id"], "title": "Damp", "heard": "Blamed for damp.",
        "outcome": "none", "quotes": [quote],
    }  # fmt: skip
    response = ask(bea, "post", "responses/", body)
    assert response.status_code == 201, response.content
    story = ask(None, "post", "receipts/", {"receipt": cleared["receipt"]}).json()
    [named] = story["responses"]
    public = ask(None, "get", f"responses/{named['id']}/").json()
    assert public["quotes"] == [{"words": "The window does not open.", "taken_back": False}]
    assert public["reason"] == REASON


def test_the_board_reads_the_cleared_words_and_nobody_else_reads_any(ask, cleared, bea, sol):
    listed = ask(bea, "get", "referrals/").json()["results"]
    assert [row["reference"] for row in listed] == [cleared["reference"]]
    one = ask(bea, "get", f"referrals/{listed[0]['id']}/")
    assert one.json()["text"] == CLEARED
    assert "Kevin Marsh" not in one.content.decode()
    assert ask(sol, "get", f"referrals/{listed[0]['id']}/").status_code == 404
    assert ask(None, "get", f"referrals/{listed[0]['id']}/").status_code == 401
    assert ask(sol, "get", "referrals/").json()["results"] == []


def test_raw_words_are_on_no_address_of_the_api(ask, cleared, insight, bea, amir, sol):
    """The canary is in the raw text only."""
    addresses = [
        "experiences/", f"experiences/{cleared['reference']}/", "referrals/", "insights/",
        f"insights/{insight['id']}/", "decisions/", "commitments/", "responses/", "notifications/",
        "notifications/?since=0", "themes/", "spaces/", "referrals/?q=Kevin", "responses/?q=Kevin",
    ]  # fmt: skip
    for person in (None, bea, amir, sol):
        for address in addresses:
            assert "Kevin" not in ask(person, "get", address).content.decode(), address
    opened = ask(None, "post", "receipts/", {"receipt": cleared["receipt"]})
    assert "Kevin" not in opened.content.decode()


def test_only_a_moderator_clears(ask, shared, bea, sol):
    address = f"experiences/{shared['reference']}/clear/"
    body = {"themes": ["homes-housing"]}
    assert ask(None, "post", address, body).status_code == 401
    for person in (bea, sol):
        assert ask(person, "post", address, body).status_code == 403
        assert ask(person, "post", "experiences/HD-NONE-00/clear/", body).status_code == 403
    assert Experience.objects.get().state == "received"


def test_clearing_twice_is_a_conflict_and_an_unknown_reference_is_not_found(ask, cleared, amir):
    body = {"themes": ["homes-housing"]}
    again = ask(amir, "post", f"experiences/{cleared['reference']}/clear/", body)
    assert (again.status_code, again["Content-Type"]) == (409, "application/problem+json")
    assert ask(amir, "post", "experiences/HD-NONE-00/clear/", body).status_code == 404


def test_clearing_needs_a_theme_that_exists(ask, shared, amir):
    address = f"experiences/{shared['reference']}/clear/"
    for body in ({}, {"themes": []}, {"themes": ["none"]}, {"themes": "homes-housing"}, []):
        response = ask(amir, "post", address, body)
        assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")


def test_without_consent_to_insight_nothing_is_passed_on(ask, amir, bea):
    reference = ask(None, "post", "experiences/", {"text": RAW}).json()["reference"]
    body = {"themes": ["homes-housing"]}
    assert ask(amir, "post", f"experiences/{reference}/clear/", body).status_code == 409
    assert ask(bea, "get", "referrals/").json()["results"] == []


def test_a_decision_needs_a_reason_and_members_of_its_board(ask, insight, amir, sol, bea):
    address = f"insights/{insight['id']}/decide/"
    for reason in ({}, {"reason": ""}, {"reason": " \u200b "}):
        response = ask(bea, "post", address, {"kind": "note", **reason})
        assert (response.status_code, list(response.json()["errors"])) == (400, ["reason"])
    for person in (amir, sol):
        body = {"kind": "note", "reason": REASON}
        assert ask(person, "post", address, body).status_code == 404
    assert ask(None, "post", address, body).status_code == 401


def test_the_board_is_notified_without_a_word_of_the_resident(ask, cleared, programme, bea):
    told = Notification.objects.filter(audience=programme.audience, kind="referral.created")
    event = told.get()
    assert event.url == f"/api/v1/referrals/{event.object_id}/"
    referral = ask(bea, "get", event.url.removeprefix("/api/v1/")).json()
    assert referral["reference"] == cleared["reference"]
