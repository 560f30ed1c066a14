"""The pages of /receipt/: who opens one, what it shows, and what can be done with it."""

import re
import time
from datetime import date, timedelta

import pytest
from django.utils import timezone

from engagement.experiences import drafts, receipts, services, visit
from engagement.experiences.models import Experience, Message, State, StepKind
from engagement.experiences.receipt_views import look_up
from heard import limits
from heard.moderation.models import QueueItem
from tests.factories import ExperienceFactory

TEXT = "The damp is back, and nobody came."


@pytest.fixture
def shared(db):
    return services.share_experience(
        key="rosa's key", text=TEXT, consents=["insight", "quote", "contact"], email="r@example.com"
    )


@pytest.fixture
def opened(client, shared):
    """A browser with the receipt open."""
    client.post("/receipt/", {"receipt": shared.receipt})
    return client


def test_the_number_opens_the_story_and_is_in_no_address(client, shared):
    answer = client.post("/receipt/", {"receipt": receipts.group_in_fours(shared.receipt)})

    assert answer.url == "/receipt/story/"
    page = client.get(answer.url)
    assert page.status_code == 200
    assert TEXT in page.content.decode()
    assert shared.receipt not in page.content.decode()


@pytest.mark.parametrize("way", ["{}", "  {}  ", "{}\u200f"])
def test_the_number_is_forgiven_its_dress(client, shared, way):
    arabic = shared.receipt.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))

    for typed in (way.format(shared.receipt), "-".join(arabic)):
        assert client.post("/receipt/", {"receipt": typed}).url == "/receipt/story/"


def test_every_failure_looks_the_same(client, shared):
    typed = [
        "",
        "1" * 20,
        "12",
        "nonsense",
        shared.experience.reference,
        "\x00",
        "1" * 9000,
        "²" * 20,
    ]
    pages = [client.post("/receipt/", {"receipt": one}) for one in typed]

    assert {page.status_code for page in pages} == {422}
    said = {re.sub(r"<input[^>]*>", "", page.content.decode()) for page in pages}
    assert len(said) == 1
    assert visit.COOKIE not in client.cookies


def test_failures_take_the_same_work(client, shared, django_assert_num_queries):
    for typed in ("", "1" * 20, "nonsense"):
        with django_assert_num_queries(2):
            client.post("/receipt/", {"receipt": typed})


def test_failures_take_the_same_time(shared):
    """Cohen's d below 0.2 between a number that could be one and words that could not."""
    times: dict[str, list[float]] = {"1" * 20: [], "nonsense": []}
    for _ in range(1000):
        for typed, taken in times.items():
            start = time.perf_counter()
            look_up(typed)
            taken.append(time.perf_counter() - start)
    kept = [sorted(taken)[:-50] for taken in times.values()]  # the machine's own hiccups
    means = [sum(taken) / len(taken) for taken in kept]
    spread = [
        sum((one - mean) ** 2 for one in taken) / len(taken)
        for taken, mean in zip(kept, means, strict=True)
    ]

    assert abs(means[0] - means[1]) / (sum(spread) / 2) ** 0.5 < 0.2


def test_a_number_that_is_somebody_elses_reference_opens_nothing(client, shared):
    client.post("/receipt/", {"receipt": shared.experience.reference})

    assert TEXT not in client.get("/receipt/story/").content.decode()


def test_without_an_open_receipt_there_is_only_the_box(client, shared):
    for address in ("/receipt/story/", "/receipt/story/withdraw/"):
        html = client.get(address).content.decode()
        assert 'name="receipt"' in html
        assert TEXT not in html


def test_a_cookie_for_another_experience_opens_nothing(client, shared):
    """Somebody who could seal a cookie for a reference they know still lacks the receipt's digest."""
    other = services.share_experience(key="another key", text="Another story")
    other.experience.receipt.digest = shared.experience.receipt.digest
    answer = client.get("/receipt/")
    visit.remember(answer, other.experience)
    client.cookies[visit.COOKIE] = answer.cookies[visit.COOKIE].value

    assert "Another story" not in client.get("/receipt/story/").content.decode()


def test_an_open_receipt_closes_by_itself(opened, monkeypatch):
    assert opened.cookies[visit.COOKIE]["max-age"] == 1800
    assert opened.cookies[visit.COOKIE]["path"] == "/receipt/"
    later = time.time() + 1801
    monkeypatch.setattr(time, "time", lambda: later)

    assert TEXT not in opened.get("/receipt/story/").content.decode()


def test_a_message_typed_while_the_receipt_closed_is_sent_when_it_opens(client, shared):
    page = client.post("/receipt/story/reply/", {"message": "It is still <b>wet</b>"})
    assert "It is still &lt;b&gt;wet&lt;/b&gt;" in page.content.decode()
    wrong = client.post("/receipt/", {"receipt": "1", "message": "It is still <b>wet</b>"})
    assert "It is still &lt;b&gt;wet&lt;/b&gt;" in wrong.content.decode()

    client.post("/receipt/", {"receipt": shared.receipt, "message": "It is still <b>wet</b>"})

    assert Message.objects.get().text == "It is still <b>wet</b>"


def test_it_says_what_happens_next_and_by_when(opened, shared):
    Experience.objects.update(shared_on=date(2026, 11, 24))
    html = opened.get("/receipt/story/").content.decode()

    assert "A person reads it" in html
    assert "27 November" in html


def test_it_says_when_we_are_late(opened, shared):
    Experience.objects.update(shared_on=timezone.localdate() - timedelta(days=30))

    assert "We are late" in opened.get("/receipt/story/").content.decode()


def test_the_thread_shows_the_decision_and_its_reason(opened, shared):
    one = shared.experience
    Experience.objects.update(state=State.DECIDED)
    services.add_step(experience=one, kind=StepKind.HEARD, data={"themes": ["Homes"]})
    services.add_step(experience=one, kind=StepKind.REFERRED, data={"to": "Programme Board"})
    facts = {
        "kind": "decline",
        "reason": "The money is <i>gone</i>.",
        "board": "Programme Board",
        "provisional": True,
        "next_step": "Ask again in May.",
    }
    services.add_step(experience=one, kind=StepKind.DECIDED, data=facts)
    due = {
        "body": "City Council",
        "post": "Head of Homes",
        "what": "Repair log",
        "due": "2027-03-01",
    }
    services.add_step(experience=one, kind=StepKind.COMMITTED, data=due)
    services.add_step(
        experience=one, kind=StepKind.PUBLISHED, data={"response_id": 7, "title": "Repairs"}
    )

    html = opened.get("/receipt/story/").content.decode()

    for words in (
        "It is about: Homes.",
        "We sent it to Programme Board.",
        "Programme Board says no, because",
        "The money is &lt;i&gt;gone&lt;/i&gt;.",
        "not final yet",
        "Ask again in May.",
        "Head of Homes",
        "1 March 2027",
        'href="/changes/7/"',
        "Did this answer you?",
    ):
        assert words in html


@pytest.mark.parametrize("data", [{}, {"kind": None, "reason": None, "due": "soon", "to": None}])
@pytest.mark.parametrize("kind", StepKind.values)
def test_a_step_with_facts_missing_still_shows(opened, shared, kind, data):
    services.add_step(experience=shared.experience, kind=kind, data=data)

    assert opened.get("/receipt/story/").status_code == 200


def test_writing_to_the_moderator(opened, shared, amir):
    services.ask(experience=shared.experience, by=amir, text="May we leave out the street?")
    assert "May we leave out the street?" in opened.get("/receipt/story/").content.decode()
    assert "Amir" not in opened.get("/receipt/story/").content.decode()

    answer = opened.post("/receipt/story/reply/", {"message": "Yes, O'Brien"})

    assert answer.url == "/receipt/story/#talk"
    assert "Yes, O&#x27;Brien" in opened.get("/receipt/story/").content.decode()
    assert "replied" in QueueItem.objects.get().flags


def test_an_empty_message_is_said_and_a_long_one_kept(opened, shared):
    empty = opened.post("/receipt/story/reply/", {"message": "\u200b"})
    assert empty.status_code == 422
    assert "<title>Error: " in empty.content.decode()

    long = opened.post("/receipt/story/reply/", {"message": "x" * 5001})
    assert "x" * 5001 in long.content.decode()
    assert not Message.objects.exists()


def test_a_no_to_the_answer_waits_for_a_moderator(opened, shared):
    Experience.objects.update(state=State.DECIDED)

    opened.post("/receipt/story/answered/", {"did": "no"})
    opened.post("/receipt/story/answered/", {"did": "nonsense"})

    assert Message.objects.get().text == "Did this answer you? No."
    assert "replied" in QueueItem.objects.get().flags


def test_taking_back_takes_two_steps(opened, shared):
    first = opened.post("/receipt/story/withdraw/", {"what": "quote"})
    assert "This is what it means" in first.content.decode()
    assert "quote" in services.consents_of([shared.experience])[shared.experience.pk]

    opened.post("/receipt/story/withdraw/", {"what": "quote", "sure": "yes"})

    assert services.consents_of([shared.experience])[shared.experience.pk] == {"insight", "contact"}


def test_only_what_stands_can_be_taken_back(opened, shared):
    html = opened.get("/receipt/story/withdraw/").content.decode()
    assert 'value="quote"' in html
    assert 'value="research"' not in html

    assert (
        opened.post("/receipt/story/withdraw/", {"what": "research", "sure": "1"}).status_code
        == 422
    )
    assert opened.post("/receipt/story/withdraw/", {"sure": "1"}).status_code == 422


def test_erasing_everything_leaves_a_receipt_that_says_so(opened, shared):
    opened.post("/receipt/story/withdraw/", {"what": "everything", "sure": "yes"})

    html = opened.get("/receipt/story/").content.decode()
    assert "Your words are erased." in html
    assert TEXT not in html
    assert Experience.objects.get().text == ""


def test_closing_clears_the_device(opened):
    closed = opened.post("/receipt/close/")

    assert closed["Clear-Site-Data"]
    assert TEXT not in opened.get("/receipt/story/").content.decode()


def test_a_draft_is_offered_and_only_with_its_number(client, db):
    drafts.keep_draft(key="a draft's key", changes={"text": TEXT})

    page = client.post("/receipt/", {"receipt": receipts.derive("a draft's key")})

    html = page.content.decode()
    assert "You saved them and have not sent them." in html
    assert TEXT not in html
    assert "a draft&#x27;s key" not in html
    assert client.post("/receipt/go-on/", {"key": "made up"}).url == "/receipt/"


def test_pages_are_never_kept_and_deeds_need_a_post(opened):
    for address in ("/receipt/", "/receipt/story/", "/receipt/story/withdraw/"):
        assert opened.get(address)["Cache-Control"] == "no-store, private"
    for address in ("/receipt/close/", "/receipt/story/reply/", "/receipt/go-on/"):
        assert opened.get(address).status_code == 405


def test_guessing_is_slowed_for_one_and_for_all(client, shared, settings):
    settings.LIMITS_ON = True
    for _ in range(limits.RECEIPT.most):
        assert client.post("/receipt/", {"receipt": "1"}).status_code == 422

    slowed = client.post("/receipt/", {"receipt": "1"})

    assert slowed.status_code == 429
    assert slowed["Retry-After"] == "60"
    other = client.post("/receipt/", {"receipt": shared.receipt}, REMOTE_ADDR="10.0.0.9")
    assert other.url == "/receipt/story/"


def test_two_thousand_wrong_guesses_open_nothing(shared):
    assert not any(services.find_by_receipt(f"{number:020d}") for number in range(2_000))


def test_nothing_of_the_moderators_side_is_shown(opened, shared):
    one = ExperienceFactory(text="Somebody else's story")

    html = opened.get("/receipt/story/").content.decode()

    assert one.text not in html
    assert "danger:" not in html
