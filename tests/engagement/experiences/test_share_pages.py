"""The pages of /share/, without a script: one question each, nothing lost, safe to leave."""

import time

import pytest
from django.conf import settings
from django.test import Client

from engagement.experiences import receipts, services, story
from engagement.experiences.models import Consent, Contact, Draft, EqualityAnswers, Experience
from heard.moderation.models import QueueItem, Urgency
from tests.engagement.experiences.conftest import WORDS, Teller, forms_in
from tests.factories import CallFactory, DistrictFactory, ThemeFactory

LIMIT = settings.EXPERIENCE_MAX_LENGTH
EVERY_YES = {
    "use_it": {"consent_insight": "yes"},
    "quote": {"consent_quote": "yes"},
    "pass_on": {"consent_share": "yes"},
    "research": {"consent_research": "yes"},
    "contact": {"consent_contact": "yes"},
    "reach_you": {"email": "rosa@example.com"},
}


def test_what_is_told_page_by_page_is_shared_with_a_receipt(teller, homes, receipt_of):
    DistrictFactory(slug="oldham")
    teller.tell(
        who={"about": "me"},
        better={"better": "One person to ring."},
        where={"district": "oldham"},
        themes={"themes": ["homes-housing"]},
        about_you={"equality_age": "25-34"},
        **EVERY_YES,
    )
    page = teller.send()

    assert page.status_code == 200
    kept = services.find_by_receipt(receipt_of(page))
    assert (kept.text, kept.better, kept.about) == (WORDS, "One person to ring.", "me")
    assert kept.district.slug == "oldham"
    assert kept.tags.get().theme == homes
    assert set(kept.consents.values_list("purpose", flat=True)) == {
        "insight",
        "quote",
        "share",
        "research",
        "contact",
    }
    assert Contact.objects.get().email == "rosa@example.com"
    assert EqualityAnswers.objects.get().answers == {"age": "25-34"}
    assert not Draft.objects.exists()
    assert receipts.group_in_fours(receipt_of(page)).split()[0] in page.content.decode()


def test_the_first_question_alone_is_enough(teller, receipt_of):
    teller.tell(text="Cold damp flat")
    page = teller.send()

    kept = services.find_by_receipt(receipt_of(page))
    assert kept.text == "Cold damp flat"
    assert not Consent.objects.exists()
    assert QueueItem.objects.get().object_id == kept.reference


def test_nobody_reaches_a_question_without_the_page_before_it(teller):
    for page in ("what-happened", "who", "themes", "use-it", "about-you"):
        assert teller.get(page).url == "/share/before/"
    assert teller.get("check").url == "/share/"
    assert teller.begin().url == "/share/what-happened/"
    assert teller.get("what-happened").status_code == 200


@pytest.mark.parametrize(
    "text", ["", "   ", "\n\n", "\u200b\u200d\u2060", "\u3164\u2800", "\x00\x07"]
)
def test_nothing_to_see_is_said_beside_the_field_and_all_else_is_kept(teller, text):
    teller.begin()
    page = teller.answer("what-happened", text=text)

    assert page.status_code == 422
    html = page.content.decode()
    assert "<title>Error: " in html
    assert 'href="#id_text"' in html
    assert 'aria-invalid="true"' in html
    assert not Draft.objects.exists()


def test_too_long_says_both_numbers_and_keeps_every_word(teller):
    teller.begin()
    text = "ab c " * 1200
    page = teller.answer("what-happened", text=text)

    html = page.content.decode()
    assert page.status_code == 422
    assert "6,000" in html
    assert "5,000" in html
    assert text in html


def test_exactly_the_limit_is_taken(teller, receipt_of):
    teller.tell(text="é" * LIMIT)

    assert len(services.find_by_receipt(receipt_of(teller.send())).text) == LIMIT


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("a\x00b\x1bc", "abc"),
        ("  spaces stay  ", "  spaces stay  "),
        ("😀 👩‍👩‍👧 مرحبا بالعالم ʼn", "😀 👩‍👩‍👧 مرحبا بالعالم ʼn"),
        ("\u202bמימין\u202c", "\u202bמימין\u202c"),
        ("<script>alert('x')</script> & </textarea>", "<script>alert('x')</script> & </textarea>"),
        ("O'Brien; DROP TABLE x;-- {{ 7*7 }} %s", "O'Brien; DROP TABLE x;-- {{ 7*7 }} %s"),
        ("Null", "Null"),
        ("\nstarts with a new line", "\nstarts with a new line"),
    ],
)
def test_words_are_kept_exactly_as_they_were_typed(teller, receipt_of, typed, kept):
    teller.tell(text=typed)
    page = teller.send()

    assert services.find_by_receipt(receipt_of(page)).text == kept


def test_html_is_shown_as_text_and_never_run(teller):
    page = teller.tell(text="<img src=x onerror=alert(1)></textarea><script>alert(2)</script>")

    html = page.content.decode()
    assert "<img src=x" not in html
    assert "<script>alert" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


def test_a_lone_surrogate_does_no_harm(teller, receipt_of):
    teller.begin()
    body = b"text=caf%ED%A0%80e"
    form = "application/x-www-form-urlencoded"
    response = teller.client.post("/share/what-happened/", body, content_type=form)

    assert response.status_code == 302
    page = teller.send()
    assert services.find_by_receipt(receipt_of(page)).text.startswith("caf")


def test_going_back_loses_nothing(teller):
    teller.begin()
    teller.answer("what-happened", text=WORDS)
    teller.answer("who", about="group")
    teller.answer("better", better="A record.")

    assert WORDS in teller.get("what-happened").content.decode()
    assert "A record." in teller.get("better").content.decode()
    radios = next(f for f in forms_in(teller.get("who")) if "about" in f["fields"])
    assert radios["fields"]["about"] == ["group"]


def test_a_change_from_the_check_page_leads_back_to_it(teller):
    teller.tell(use_it={"consent_insight": "no"}, contact={"consent_contact": "no"})

    changed = teller.client.post("/share/better/?change=1", {"better": "A new thought"})
    assert changed.url == "/share/check/"
    assert "A new thought" in teller.get("check").content.decode()
    # A yes brings up what rests on it, which was never asked; then it leads back.
    response = teller.client.post("/share/use-it/?change=1", {"consent_insight": "yes"})
    assert response.url == "/share/quote/?change=1"
    for page in ("quote", "pass-on", "research"):
        response = teller.client.post(f"/share/{page}/?change=1", {})
    assert response.url == "/share/check/"


def test_no_consent_is_given_for_anybody(teller):
    teller.begin()
    teller.answer("what-happened", text=WORDS)
    for page in ("use-it", "quote", "pass-on", "research", "contact"):
        html = teller.get(page).content.decode()
        assert html.count('type="radio"') == 2
        assert "checked" not in html


def test_a_no_to_use_takes_back_the_yes_to_what_rests_on_it(teller, receipt_of):
    teller.tell(**EVERY_YES)
    teller.client.post("/share/use-it/?change=1", {"consent_insight": "no"})
    page = teller.send()

    kept = services.find_by_receipt(receipt_of(page))
    assert services.consents_of([kept])[kept.pk] == {"contact"}


def test_without_consent_to_use_the_pages_say_what_follows(teller):
    page = teller.tell()

    assert "A moderator will read them and answer you." in page.content.decode()
    assert "Nobody else sees it." in teller.send().content.decode()


def test_sent_twice_it_is_kept_once_and_shows_the_same_receipt(teller, receipt_of):
    teller.tell()
    page = teller.get("check")
    fields = next(form["fields"] for form in forms_in(page) if not form["action"])
    answers = [teller.client.post("/share/check/", fields) for _ in range(3)]

    assert len({receipt_of(answer) for answer in answers}) == 1
    assert Experience.objects.count() == 1


def test_the_same_button_from_a_page_kept_open_answers_the_same_receipt(teller, receipt_of):
    """As a double click does: the second request carries the cookie of before the first."""
    teller.tell()
    before = {name: morsel.value for name, morsel in teller.client.cookies.items()}
    first = teller.send()

    other = Teller()
    other.client.cookies.load(before)
    second = other.client.post("/share/check/", {"text": WORDS})

    assert receipt_of(second) == receipt_of(first)
    assert Experience.objects.count() == 1


def test_what_is_written_after_sending_is_a_new_story(teller, receipt_of):
    teller.tell()
    first = teller.send()

    assert teller.get("what-happened").url == "/share/before/"
    teller.answer("what-happened", text="Something else happened.")
    second = teller.send()

    assert receipt_of(second) != receipt_of(first)
    assert set(Experience.objects.values_list("text", flat=True)) == {
        WORDS,
        "Something else happened.",
    }


def test_somebody_who_sits_down_later_is_not_shown_the_receipt(teller, monkeypatch):
    teller.tell()
    teller.send()
    assert "Show my receipt number again" in teller.client.get("/share/").content.decode()
    later = time.time() + story.SENT_SECONDS + 1
    monkeypatch.setattr(time, "time", lambda: later)

    assert "Show my receipt number again" not in teller.client.get("/share/").content.decode()
    assert teller.client.post("/share/check/").url == "/share/what-happened/"


def test_the_receipt_is_in_no_address_no_title_and_no_cookie(teller, receipt_of):
    teller.tell()
    page = teller.send()

    receipt = receipt_of(page)
    assert page.request["PATH_INFO"] == "/share/check/"
    head = page.content.decode().split("</title>")[0]
    assert receipt[:4] not in head
    for cookie in teller.client.cookies.values():
        assert receipt not in cookie.value


def test_the_cookie_holds_no_words_and_goes_with_the_window(teller):
    teller.tell()

    cookie = teller.client.cookies[story.COOKIE]
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
    assert cookie["httponly"] is True
    assert cookie["samesite"] == "Lax"
    assert "boiler" not in cookie.value
    assert teller.key not in cookie.value


@pytest.mark.parametrize("cookie", ["", "x", "gAAAAA" + "x" * 90, "é", "0" * 4000])
def test_a_cookie_that_is_not_ours_is_nobodys_story(db, cookie):
    teller = Teller()
    teller.client.cookies[story.COOKIE] = cookie

    assert teller.get("what-happened").url == "/share/before/"


def test_every_page_is_never_kept_and_hands_no_address_on(teller):
    teller.tell()

    for page in ("what-happened", "who", "themes", "use-it", "about-you", "check", "who-sees"):
        answer = teller.get(page)
        assert answer["Cache-Control"] == "no-store, private"
        assert "Expires" not in answer.cookies.get(story.COOKIE, {})


def test_every_page_has_the_way_out_on_it(teller):
    teller.begin()
    pages = [teller.client.get("/share/"), teller.get("before"), teller.get("what-happened")]
    pages += [teller.answer("what-happened", text=""), teller.client.get("/share/nothing-here/")]
    teller.tell()
    pages += [teller.get(page) for page in ("who", "contact", "check", "saved", "delete")]
    pages += [teller.send(), teller.client.get("/receipt/")]

    for page in pages:
        html = page.content.decode()
        assert html.count('href="/share/leave/"') == 2, page.request["PATH_INFO"]
        assert "govuk-js-exit-this-page-button" in html


def test_exit_clears_the_device_and_the_story(teller):
    teller.tell()
    assert Draft.objects.exists()

    gone = teller.get("leave", headers={"sec-fetch-site": "same-origin"})

    assert (gone.status_code, gone.url) == (302, settings.EXIT_ADDRESS)
    assert gone["Clear-Site-Data"] == '"cookies", "storage"'
    assert gone.cookies[story.COOKIE].value == ""
    assert not Draft.objects.exists()


def test_exit_keeps_what_was_saved_for_later(teller):
    teller.begin()
    teller.answer("what-happened", text=WORDS, save="1")

    teller.get("leave")

    assert Draft.objects.count() == 1


def test_a_link_on_somebody_elses_site_deletes_nothing(teller):
    teller.tell()

    away = teller.get("leave", headers={"sec-fetch-site": "cross-site"})

    assert away.url == settings.EXIT_ADDRESS
    assert Draft.objects.count() == 1


def test_somebody_who_saves_comes_back_by_the_number(teller, receipt_of):
    teller.begin()
    teller.answer("what-happened", text=WORDS)
    saved = teller.answer("better", better="Half a thou", save="1")
    assert saved.url == "/share/saved/"
    number = receipt_of(teller.get("saved"))

    later = Teller()
    page = later.client.post("/receipt/", {"receipt": receipts.group_in_fours(number)})
    form = next(f for f in forms_in(page) if f["action"] == "/receipt/go-on/")
    on = later.client.post("/receipt/go-on/", form["fields"])

    assert on.url == "/share/who/"
    assert "Half a thou" in later.get("better").content.decode()
    # The finished story has the number that the unfinished one had.
    later.get("check")
    assert receipt_of(later.send()) == number


def test_saving_needs_no_finished_answer(teller):
    teller.begin()

    assert teller.answer("what-happened", text="", save="1").url == "/share/saved/"


def test_delete_it_all_deletes_it_all(teller):
    teller.tell()

    assert teller.get("delete").status_code == 200
    done = teller.client.post("/share/delete/")

    assert done["Clear-Site-Data"]
    assert not Draft.objects.exists()
    assert not Experience.objects.exists()


def test_finish_clears_the_device_and_keeps_what_was_sent(teller):
    teller.tell()
    teller.send()

    done = teller.client.post("/share/finish/")

    assert done["Clear-Site-Data"]
    assert Experience.objects.count() == 1
    # A browser that has dropped them is given no new ones.
    assert Client().get("/share/cleared/").cookies == {}


def test_words_of_danger_bring_help_on_the_next_page_and_never_block(teller):
    teller.begin()
    moved = teller.answer("what-happened", text="I want to kill myself.")
    assert moved.url == "/share/who/"

    for page in (teller.get("who"), teller.tell(text="I want to kill myself."), teller.send()):
        html = page.content.decode()
        for number in ("tel:999", "tel:101", "tel:116123", "tel:08082000247", "tel:08001111"):
            assert number in html
    assert QueueItem.objects.get().urgency == Urgency.DANGER


def test_a_look_alike_brings_no_alarm(teller):
    teller.begin()
    teller.answer("what-happened", text="I'm dying to see the new library. We were killing time.")

    assert "tel:999" not in teller.get("who").content.decode()


def test_a_few_words_are_invited_to_be_one_more_and_never_refused(teller):
    teller.begin()
    assert teller.answer("what-happened", text="Cold damp flat").status_code == 302

    assert "add one more sentence" in teller.get("who").content.decode()


def test_suggested_themes_say_why_and_only_sure_ones_are_ticked(teller):
    for number, (slug, word) in enumerate(
        [("homes-housing", "boiler"), ("work-employment", "job")]
    ):
        ThemeFactory(slug=slug, number=number + 1, keywords=[word], short=slug)
    teller.begin()
    teller.answer(
        "what-happened", text="The boiler broke and the landlord will not mend the boiler."
    )

    html = teller.get("themes").content.decode()

    assert "We think this is about" in html
    assert "<mark><bdi>boiler</bdi></mark>" in html
    assert 'value="unsure"' in html


def test_what_they_untick_stays_unticked(teller, homes, receipt_of):
    teller.tell(themes={"themes": ["unsure"]})
    page = teller.send()

    assert not services.find_by_receipt(receipt_of(page)).tags.exists()


def test_immigration_status_is_never_asked(teller):
    teller.tell()

    for page in ("where", "about-you"):
        html = teller.get(page).content.decode().lower()
        for word in ("asylum", "refugee", "visa", "migrant", "nationality", "country of birth"):
            assert word not in html


def test_every_question_about_the_person_can_be_left_out(teller):
    teller.begin()
    html = teller.get("about-you").content.decode()

    assert html.count("<select") == html.count('value="rather-not"') == 8


def test_a_call_asks_its_own_questions_on_pages_of_their_own(db, receipt_of):
    call = CallFactory(slug="home-visits", questions=["Which team?", "How long?"])
    teller = Teller("/share/home-visits/")
    assert call.title in teller.client.get("/share/home-visits/").content.decode()

    teller.tell(question_2={f"question_{call.questions.last().pk}": "Nine weeks"})
    page = teller.send()

    kept = services.find_by_receipt(receipt_of(page))
    assert kept.call == call
    assert list(kept.answers.values_list("question", "text")) == [("How long?", "Nine weeks")]


def test_a_call_that_is_not_there_is_not_found(teller):
    for address in ("/share/no-such-call/", "/share/no-such-call/what-happened/"):
        assert teller.client.get(address).status_code == 404


def test_a_closed_call_says_so_and_shows_another_way(teller):
    CallFactory(slug="over", closes="2020-01-01", opens="2019-01-01")

    html = teller.client.get("/share/over/").content.decode()

    assert "This call is closed." in html
    assert 'href="/share/before/"' not in html


def test_choosing_a_language_at_a_question_keeps_what_was_typed(teller):
    teller.begin()
    moved = teller.answer("what-happened", text=WORDS, language="ur")

    assert moved.url == "/share/what-happened/"
    page = teller.get("what-happened")
    assert 'lang="ur" dir="rtl"' in page.content.decode()
    assert WORDS in page.content.decode()


def test_the_answer_of_another_language_than_ours_changes_nothing(teller):
    teller.begin()
    moved = teller.answer("what-happened", text=WORDS, language="../../x")

    assert settings.LANGUAGE_COOKIE_NAME not in moved.cookies


def test_nonsense_in_a_choice_is_an_error_and_no_500(teller):
    teller.begin()
    for page, field in (
        ("who", "about"),
        ("where", "district"),
        ("themes", "themes"),
        ("use-it", "consent_insight"),
        ("about-you", "equality_age"),
    ):
        assert teller.answer(page, **{field: "\x00nonsense"}).status_code == 422


def test_a_bad_address_is_said_and_the_rest_is_kept(teller):
    teller.begin()
    page = teller.answer("reach-you", email="rosa at example")

    assert page.status_code == 422
    assert "rosa at example" in page.content.decode()


def test_sending_with_nothing_written_leads_to_the_first_question(teller):
    teller.begin()

    assert teller.client.post("/share/check/").url == "/share/what-happened/"
    assert not Experience.objects.exists()


def test_the_journey_asks_nobody_to_sign_in_and_makes_no_session(teller):
    teller.tell()
    teller.send()

    assert settings.SESSION_COOKIE_NAME not in teller.client.cookies


def test_somebody_signed_in_leaves_no_tie_to_their_account(rosa, receipt_of):
    teller = Teller()
    teller.client.force_login(rosa)
    teller.tell()
    kept = services.find_by_receipt(receipt_of(teller.send()))

    for field in kept._meta.get_fields():
        related = getattr(field, "related_model", None)
        assert related is not type(rosa)


def test_the_page_about_who_sees_it_says_the_hard_parts_too(client, db):
    html = client.get("/share/who-sees/").content.decode()

    for words in (
        "Home Office",
        "a life",
        "A court",
        "copied our whole database",
        "run our computers",
    ):
        assert words in html or words.replace("a life", "life is in danger") in html
