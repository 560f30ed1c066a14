"""The board's deeds by API: the same rules, the same refusals, problems as documents."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from engagement.board.models import Commitment, Decision, Insight
from tests.engagement.board.conftest import CANARIES, of
from tests.factories import BoardFactory, SpaceFactory, ThemeFactory, UserFactory, passed_on

INSIGHTS = "/api/v1/insights/"


def as_(person):
    browser = Client()
    if person:
        browser.force_login(person)
    return browser


def post(person, address, body):
    return as_(person).post(address, body, content_type="application/json")


def decide(person, insight, **body):
    return post(person, f"{INSIGHTS}{insight.pk}/decide/", body)


def test_an_insight_is_made_from_references(bea, board, damp, boiler):
    answer = post(
        bea, INSIGHTS, {"title": "No record", "experiences": [damp.reference, boiler.reference]}
    )
    assert answer.status_code == 201
    body = answer.json()
    assert (body["title"], body["board"], body["state"]) == ("No record", board.slug, "open")
    assert set(body["matters"]) == {damp.reference, boiler.reference}
    assert body["people"] == "fewer than 5 people"
    assert Insight.objects.get().made_by == bea


def test_a_decision_is_recorded_and_on_each_receipt(bea, insight, damp):
    answer = decide(bea, insight, kind="decline", reason="The money is promised.")
    assert answer.status_code == 201
    body = answer.json()
    assert (body["kind"], body["reason"], body["provisional"]) == (
        "decline",
        "The money is promised.",
        False,
    )
    assert of(damp).steps.last().data["reason"] == "The money is promised."


def test_a_decision_may_bring_a_promise(bea, insight):
    due = (timezone.localdate() + timedelta(days=30)).isoformat()
    promise = {"what": "A record", "body": "City council", "post": "Head of licensing", "due": due}
    answer = decide(bea, insight, kind="ask", reason="Fair.", partner="City", commitment=promise)
    assert answer.status_code == 201
    assert answer.json()["commitments"][0] | promise == answer.json()["commitments"][0]
    listed = as_(bea).get("/api/v1/commitments/").json()["results"]
    assert [row["id"] for row in listed] == [Commitment.objects.get().pk]


def test_lists_come_newest_first_by_cursor(bea, board, homes):
    for number in range(3):
        matter = passed_on(board, theme=homes)
        post(bea, INSIGHTS, {"title": f"Point {number}", "experiences": [matter.reference]})
    first = as_(bea).get(f"{INSIGHTS}?limit=2").json()
    assert [row["title"] for row in first["results"]] == ["Point 2", "Point 1"]
    second = as_(bea).get(first["next"]).json()
    assert ([row["title"] for row in second["results"]], second["next"]) == (["Point 0"], None)


def test_no_answer_holds_a_raw_word(bea, insight):
    decide(bea, insight, kind="note", reason="Kept.")
    for address in (INSIGHTS, f"{INSIGHTS}{insight.pk}/", "/api/v1/decisions/"):
        text = as_(bea).get(address).content.decode()
        assert not any(canary in text for canary in CANARIES)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"title": "", "experiences": ["damp"]},
        {"title": "\u200b", "experiences": ["damp"]},
        {"title": "x" * 201, "experiences": ["damp"]},
        {"title": "A", "experiences": []},
        {"title": "A", "experiences": "damp"},
        {"title": "A", "experiences": [["damp"]]},
        {"title": "A", "experiences": ["HD-NONE-XX"]},
        {"title": "A", "experiences": ["damp", "HD-NONE-XX"]},
        {"title": "A\u0000", "experiences": ["damp\u0000"]},
        {"title": "A", "experiences": ["x" * 9999]},
        {"title": "A", "experiences": ["damp"], "board": "no-such-board"},
        [],
        "A",
        7,
    ],
)
def test_an_insight_that_cannot_be_is_a_bad_request(bea, damp, body):
    if isinstance(body, dict) and isinstance(body.get("experiences"), list):
        named = {"damp": damp.reference}
        body["experiences"] = [
            named.get(one, one) if isinstance(one, str) else one for one in body["experiences"]
        ]
    answer = post(bea, INSIGHTS, body)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert Insight.objects.count() == 0


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "note"},
        {"kind": "note", "reason": " "},
        {"kind": "note", "reason": "\u200b"},
        {"kind": "bribe", "reason": "x"},
        {"kind": "note", "reason": "x" * 2001},
        {"kind": "note", "reason": 7, "present": 0},
        {"kind": "note", "reason": "x", "present": 10**30},
        {"kind": "refer", "reason": "x", "referred_to": "no-such-space"},
        {"kind": "ask", "reason": "x", "commitment": {"what": "A"}},
        {"kind": "ask", "reason": "x", "commitment": []},
        {
            "kind": "ask",
            "reason": "x",
            "commitment": {"what": "A", "body": "B", "post": "C", "due": "2020-01-01"},
        },
    ],
)
def test_a_decision_that_cannot_be_is_a_bad_request(bea, insight, body):
    answer = decide(bea, insight, **body)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert Decision.objects.count() == 0


def test_protected_fields_do_not_change(bea, insight, manager):
    sent = {"provisional": True, "by": manager.pk, "insight": 99, "made": "2000-01-01T00:00:00Z"}
    post(bea, f"{INSIGHTS}{insight.pk}/decide/", {"kind": "note", "reason": "Kept.", **sent})
    made = Decision.objects.get()
    assert (made.provisional, made.by, made.insight) == (False, bea, insight)
    assert made.made.year > 2000


def test_a_second_decision_is_a_conflict(bea, insight):
    assert decide(bea, insight, kind="note", reason="First.").status_code == 201
    answer = decide(bea, insight, kind="note", reason="Second.")
    assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")


def test_a_private_space_cannot_be_found_by_referring_to_it(bea, insight):
    hidden = SpaceFactory(slug="hidden", visibility="private")
    unknown = decide(bea, insight, kind="refer", reason="x", referred_to="no-such").json()
    known = decide(bea, insight, kind="refer", reason="x", referred_to=hidden.slug).json()
    assert known == unknown


def test_another_boards_matter_looks_like_one_that_is_not_there(bea, damp):
    elsewhere = passed_on(BoardFactory(), theme=ThemeFactory())
    answers = [
        post(bea, INSIGHTS, {"title": "A", "experiences": [reference]}).json()
        for reference in (elsewhere.reference, "HD-NONE-XX")
    ]
    assert answers[0] == answers[1]


def test_who_may_do_what(insight, bea, damp, convenor, observer, manager, sol, amir):
    other = UserFactory(member_of=BoardFactory())
    #             see  list decide make
    expected = {
        None: (401, 401, 401, 401),
        sol: (404, 200, 404, 403),
        amir: (404, 200, 404, 403),
        observer: (404, 200, 404, 403),
        other: (404, 200, 404, 400),
        convenor: (200, 200, 403, 201),
        manager: (200, 200, 403, 403),
        bea: (200, 200, 201, 201),
    }
    for person, statuses in expected.items():
        found = (
            as_(person).get(f"{INSIGHTS}{insight.pk}/").status_code,
            as_(person).get(INSIGHTS).status_code,
            decide(person, insight, kind="note", reason="Mine.").status_code,
            post(person, INSIGHTS, {"title": "A", "experiences": [damp.reference]}).status_code,
        )
        assert found == statuses, person
    for person in (sol, amir, observer, other):
        for place in ("insights", "decisions", "commitments"):
            rows = as_(person).get(f"/api/v1/{place}/").json()["results"]
            assert rows == [], (person, place)


def test_a_hidden_insight_answers_like_one_that_is_not_there(insight, sol):
    hidden = as_(sol).get(f"{INSIGHTS}{insight.pk}/")
    none = as_(sol).get(f"{INSIGHTS}999999/")
    assert (hidden.status_code, hidden.content) == (none.status_code, none.content)
    assert as_(sol).get(f"{INSIGHTS}{'9' * 18}/").status_code == 404
