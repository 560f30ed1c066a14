"""When things go wrong: the database away, a page open too long, too many tries. The words are kept."""

import time
from html import unescape

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from engagement.experiences import services
from engagement.experiences.models import Experience
from heard import limits
from tests.engagement.experiences.conftest import WORDS, Teller, forms_in

HARD = 'It\'s <b>cold</b> & "damp".\n\nمرحبا 😀'


def words_in(response) -> str:
    """What a page gives back in its text boxes."""
    return "\n".join(
        "".join(values) for form in forms_in(response) for values in form["fields"].values()
    )


def test_with_the_database_away_a_question_is_not_saved_says_so_and_keeps_the_words(database_away):
    teller = Teller()
    assert teller.begin().status_code == 302  # the page before it needs no database
    start = time.monotonic()
    answer = teller.answer("what-happened", text=HARD)

    assert time.monotonic() - start < 5
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "We could not save your words" in answer.content.decode()
    assert HARD in words_in(answer)


def test_with_the_database_away_nothing_is_sent_and_the_words_come_back(database_away):
    teller = Teller()
    teller.begin()
    answer = teller.client.post("/share/check/", {"text": HARD, "better": "One person"})

    assert answer.status_code == 503
    html = answer.content.decode()
    assert "Not saved" in html
    assert "Thank you" not in html
    assert HARD in words_in(answer)
    assert "One person" in words_in(answer)


def test_what_an_outage_gave_back_can_be_sent_again(teller, receipt_of):
    """The outage page sends the same fields to the same address, and that alone is enough."""
    teller.begin()
    page = teller.client.post("/share/check/", {"text": HARD, "better": "One person"})

    kept = services.find_by_receipt(receipt_of(page))
    assert (kept.text, kept.better) == (HARD, "One person")


def test_the_check_page_holds_the_words_that_an_outage_would_give_back(teller):
    page = teller.tell(text=HARD)

    sent = next(form["fields"] for form in forms_in(page) if not form["action"])
    assert sent["text"] == [HARD]


def test_a_message_is_given_back_when_the_database_is_away(database_away):
    answer = Teller().client.post("/receipt/", {"receipt": "1" * 20, "message": HARD})

    assert answer.status_code == 503
    assert HARD in words_in(answer)


@pytest.mark.parametrize("page", ["", "before/", "who-sees/", "saved/", "cleared/", "delete/"])
def test_pages_that_ask_nothing_are_there_when_the_database_is_not(database_away, page):
    teller = Teller()
    teller.begin()

    assert teller.client.get(f"/share/{page}").status_code == 200


def test_the_way_out_is_open_when_the_database_is_not(database_away):
    teller = Teller()
    teller.begin()
    teller.client.cookies[settings.SESSION_COOKIE_NAME] = "some-session"

    gone = teller.get("leave")

    assert gone.url == settings.EXIT_ADDRESS
    assert gone["Clear-Site-Data"]


def test_a_page_that_was_open_too_long_gives_the_words_back_with_a_new_token(db):
    client = Client(enforce_csrf_checks=True)
    client.get("/share/before/")
    answer = client.post("/share/what-happened/", {"text": HARD, "csrfmiddlewaretoken": "old"})

    assert answer.status_code == 403
    assert HARD in words_in(answer)
    token = next(
        form["fields"]["csrfmiddlewaretoken"][0]
        for form in forms_in(answer)
        if "text" in form["fields"]
    )
    again = client.post("/share/what-happened/", {"text": HARD, "csrfmiddlewaretoken": token})
    assert again.url == "/share/who/"
    assert unescape(HARD) in words_in(client.get("/share/what-happened/"))


def test_a_last_page_that_was_open_too_long_can_be_sent_again(db, receipt_of):
    teller = Teller()
    teller.tell(text=HARD)
    client = Client(enforce_csrf_checks=True)
    client.cookies = teller.client.cookies
    answer = client.post("/share/check/", {"text": HARD, "csrfmiddlewaretoken": "old"})
    fields = next(form["fields"] for form in forms_in(answer) if "text" in form["fields"])
    page = client.post("/share/check/", fields)

    assert services.find_by_receipt(receipt_of(page)).text == HARD


def test_without_a_token_nothing_is_sent(db):
    client = Client(enforce_csrf_checks=True)

    assert client.post("/share/check/", {"text": WORDS}).status_code == 403
    assert not Experience.objects.exists()


def test_fifty_people_behind_one_address_all_get_through(db, settings):
    settings.LIMITS_ON = True
    for _ in range(50):
        teller = Teller()
        teller.begin()
        assert teller.client.post("/share/check/", {"text": WORDS}).status_code == 200

    assert Experience.objects.count() == 50


def test_a_flood_is_told_to_wait_and_keeps_the_words(teller, settings):
    settings.LIMITS_ON = True
    caller = limits.caller(type("Request", (), {"META": {"REMOTE_ADDR": "127.0.0.1"}})())
    for _ in range(limits.SHARE.most):
        limits.allowed(limits.SHARE, caller)
    teller.begin()

    answer = teller.client.post("/share/check/", {"text": HARD})

    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert HARD in words_in(answer)
    assert not Experience.objects.exists()


def test_an_address_made_up_in_a_header_gets_no_new_limit(teller, settings):
    settings.LIMITS_ON = True
    for number in range(limits.RECEIPT.most):
        teller.client.post(
            "/receipt/", {"receipt": "1"}, headers={"x-forwarded-for": f"10.0.0.{number}"}
        )

    slowed = teller.client.post(
        "/receipt/", {"receipt": "1"}, headers={"x-forwarded-for": "10.9.9.9"}
    )
    assert slowed.status_code == 429


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(teller, method):
    for address in ("/share/check/", "/share/what-happened/", "/receipt/"):
        assert getattr(teller.client, method)(address).status_code == 405


def test_nothing_that_tells_who_somebody_is_stays_in_any_table_or_log(teller, caplog, receipt_of):
    """Each header and the address carry a word of their own; then every row of every table is read."""
    caplog.set_level("DEBUG")
    canaries = {
        "REMOTE_ADDR": "203.0.113.77",
        "HTTP_X_FORWARDED_FOR": "203.0.113.78",
        "HTTP_FORWARDED": "for=203.0.113.79",
        "HTTP_X_REAL_IP": "203.0.113.80",
        "HTTP_CF_CONNECTING_IP": "203.0.113.81",
        "HTTP_USER_AGENT": "CanaryBrowser",
        "HTTP_REFERER": "http://testserver/canary-page",
        "HTTP_ACCEPT_LANGUAGE": "cy-canary",
    }
    teller.client.defaults.update(canaries)
    receipt = receipt_of((teller.tell(**{"contact": {"consent_contact": "yes"}}), teller.send())[1])
    teller.client.post("/receipt/", {"receipt": receipt})
    teller.client.post("/receipt/story/reply/", {"message": "A word more"})

    stored = _every_row()
    assert WORDS in stored  # what may be stored is found, so the search does find things
    for canary in (*canaries.values(), "203.0.113", receipt, teller.key):
        assert canary not in stored
        assert canary not in caplog.text
    assert WORDS not in caplog.text


def _every_row() -> str:
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows += [" | ".join(str(value) for value in row) for row in cursor.fetchall()]
    return "\n".join(rows)
