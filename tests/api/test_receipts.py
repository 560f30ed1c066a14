"""Coming back by API with a receipt."""

import pytest

from engagement.experiences.models import Experience, StepKind
from engagement.experiences.receipts import group_in_fours
from engagement.experiences.services import add_step, ask, reply, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def receipt(share):
    return share(text="It is cold here.", consents={"insight": True}).json()["receipt"]


@pytest.fixture
def experience(receipt):
    return Experience.objects.get()


@pytest.fixture
def come_back(post):
    return lambda typed: post("/api/v1/receipts/", {"receipt": typed})


def test_the_receipt_shows_where_it_is(come_back, receipt, experience):
    response = come_back(receipt)
    assert response.status_code == 200
    story = response.json()
    assert (story["reference"], story["state"]) == (experience.reference, "received")
    assert [step["kind"] for step in story["steps"]] == ["said"]
    assert story["steps"][0]["title"]
    assert story["messages"] == story["responses"] == []
    assert "no-store" in response["Cache-Control"]


def test_it_shows_the_conversation_the_steps_and_the_published_answer(
    come_back, receipt, experience, amir
):
    ask(experience=experience, by=amir, text="Which street, roughly?")
    reply(experience=experience, text="Near the park.")
    facts = {"kind": "decline", "reason": "No money.", "provisional": False, "board": "The board"}
    add_step(experience=experience, kind=StepKind.DECIDED, data={**facts, "next_step": ""})
    add_step(
        experience=experience, kind=StepKind.PUBLISHED, data={"response_id": 7, "title": "Heat"}
    )
    story = come_back(receipt).json()
    assert [message["text"] for message in story["messages"]] == [
        "Which street, roughly?",
        "Near the park.",
    ]
    assert [message["from_resident"] for message in story["messages"]] == [False, True]
    decided = next(step for step in story["steps"] if step["kind"] == "decided")
    assert (decided["data"]["kind"], decided["data"]["reason"]) == ("decline", "No money.")
    assert story["responses"] == [{"id": 7, "title": "Heat", "url": "/changes/7/"}]


def test_it_never_says_who_moderates_or_what_was_written(come_back, receipt, experience, amir):
    ask(experience=experience, by=amir, text="Hello")
    body = come_back(receipt).content.decode()
    assert amir.email not in body
    assert amir.name not in body
    assert "It is cold here" not in body


def test_spaces_dashes_and_other_digits_are_forgiven(come_back, receipt):
    arabic = receipt.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    for typed in (group_in_fours(receipt), f" {receipt}\n", "-".join(receipt), arabic):
        assert come_back(typed).status_code == 200


@pytest.mark.parametrize(
    "typed", ["0" * 20, "1234", "", "words", "9" * 999, "\u0000", "<script>", 12345678901234567890]
)
def test_every_number_that_is_not_a_receipt_gets_the_same_answer(come_back, receipt, typed):
    wrong = come_back(typed)
    assert wrong.status_code == 404
    assert wrong["Content-Type"] == "application/problem+json"
    assert wrong.json() == come_back("5" * 20).json()


def test_an_experience_that_was_taken_back_is_not_shown(come_back, receipt, experience):
    withdraw(experience=experience)
    response = come_back(receipt)
    assert response.status_code in {200, 404}
    assert "cold" not in response.content.decode()
    if response.status_code == 200:
        assert response.json()["state"] == "withdrawn"


@pytest.mark.parametrize("body", [{}, [], {"receipt": None}, {"receipt": ["1"]}])
def test_no_receipt_at_all_is_a_bad_request(post, body):
    assert post("/api/v1/receipts/", body).status_code == 400


def test_guessing_is_slowed(come_back, settings):
    settings.LIMITS_ON = True
    answers = [come_back("5" * 20).status_code for _ in range(32)]
    assert set(answers[:30]) == {404}
    assert answers[31] == 429
