"""Sharing by API: what is kept, what a retry gets, and what bad input is told."""

import pytest
from django.utils import timezone

from engagement.experiences.models import Call, Contact, Experience, Purpose
from engagement.themes.models import Characteristic
from heard.moderation.models import QueueItem
from heard.spaces.models import Visibility
from tests import factories

pytestmark = pytest.mark.django_db

TEXT = "The last bus leaves before visiting time ends. I say goodbye in the middle of a sentence."


def test_what_was_said_is_kept_and_waits_and_the_answer_is_a_receipt(share):
    response = share(text=TEXT)
    assert response.status_code == 201
    answer = response.json()
    assert set(answer) == {"reference", "receipt", "state"}
    assert answer["state"] == "received"
    assert len(answer["receipt"]) >= 20
    assert answer["receipt"].isdecimal()
    kept = Experience.objects.get(reference=answer["reference"])
    assert kept.text == TEXT
    assert QueueItem.objects.filter(object_id=kept.reference).exists()


def test_everything_that_may_be_said_is_kept(share, homes):
    factories.DistrictFactory(slug="oldham")
    Characteristic.objects.create(slug="carer", name="Carers", kind="additional")
    space = factories.SpaceFactory(slug="a-panel", visibility=Visibility.MEMBERS)
    Call.objects.create(slug="winter", title="Winter", intro="How was it?")
    reference = share(
        text=TEXT, better="A later bus.", about="someone", call="winter", space="a-panel",
        district="oldham", community="carer", themes=["homes-housing"], language="pl",
        consents={"insight": True, "quote": True, "contact": True}, contact="rosa@example.org",
    ).json()["reference"]  # fmt: skip
    kept = Experience.objects.get(reference=reference)
    assert (kept.better, kept.about, kept.language) == ("A later bus.", "someone", "pl")
    assert (kept.call.slug, kept.space_id) == ("winter", space.pk)
    assert (kept.district.slug, kept.community.slug) == ("oldham", "carer")
    assert [tag.theme for tag in kept.tags.filter(provenance="resident")] == [homes]
    assert set(kept.consents.values_list("purpose", flat=True)) == {"insight", "quote", "contact"}
    assert Contact.objects.get(experience=kept).email == "rosa@example.org"


def test_no_consent_is_taken_for_granted(share):
    share(text=TEXT)
    share(text=TEXT, consents={"insight": False})
    assert [list(e.consents.all()) for e in Experience.objects.all()] == [[], []]


def test_the_same_key_gives_the_same_answer_and_is_kept_once(share):
    first = share(text=TEXT, key="one-key")
    again = share(text=TEXT, key="one-key")
    assert (again.status_code, again.json()) == (201, first.json())
    assert Experience.objects.count() == 1


def test_the_same_key_with_another_body_is_refused_and_overwrites_nothing(share):
    share(text=TEXT, key="one-key")
    other = share(text="Something else.", key="one-key")
    assert other.status_code == 409
    assert other["Content-Type"] == "application/problem+json"
    assert Experience.objects.get().text == TEXT


def test_without_a_key_each_is_its_own(share):
    first, second = share(text=TEXT).json(), share(text=TEXT).json()
    assert first["receipt"] != second["receipt"]
    assert Experience.objects.count() == 2


def test_no_sign_in_cookie_or_form_token_is_needed_and_none_is_left(settings):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/api/v1/experiences/", {"text": TEXT}, content_type="application/json")
    assert response.status_code == 201
    assert not response.cookies


def test_who_is_signed_in_is_not_asked(client, share, rosa, django_assert_max_num_queries):
    client.force_login(rosa)
    with django_assert_max_num_queries(60) as asked:
        assert share(text=TEXT).status_code == 201
    assert not any("session" in query["sql"].lower() for query in asked.captured_queries)
    assert not any("accounts_user" in query["sql"].lower() for query in asked.captured_queries)


@pytest.mark.parametrize(
    "words",
    [
        "Cold",
        "Mróz w pokoju i grzyb na ścianie.",
        "میرے کمرے میں سردی ہے۔",
        "الغرفة باردة جدا",
        "👩🏽‍🦽 stuck at the kerb 🚌",
        "<b>They</b> said <script>alert(1)</script> & laughed",
        "O'Brien & Null; DROP TABLE experiences;--",
    ],
)
def test_words_in_any_script_are_kept_as_they_were_written(share, words):
    assert share(text=words).status_code == 201
    assert Experience.objects.get().text == words


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("Co\\u0000ld in here", "Cold in here"),
        ("Half \\ud800 a letter", "Half  a letter"),
        ("One\\r\\nTwo", "One\nTwo"),
    ],
)
def test_what_no_database_can_hold_is_left_out(post, sent, kept):
    response = post("/api/v1/experiences/", f'{{"text": "{sent}"}}')
    assert response.status_code == 201
    assert Experience.objects.get().text == kept


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "text"),
        ({"text": ""}, "text"),
        ({"text": "   \n "}, "text"),
        ({"text": "\u200b\u200d\u3164"}, "text"),
        ({"text": None}, "text"),
        ({"text": ["a", "list"]}, "text"),
        ({"text": {"an": "object"}}, "text"),
        ({"text": True}, "text"),
        ({"text": "x", "about": "nobody"}, "about"),
        ({"text": "x", "district": "london"}, "district"),
        ({"text": "x", "district": "not a slug!"}, "district"),
        ({"text": "x", "community": "none"}, "community"),
        ({"text": "x", "call": "none"}, "call"),
        ({"text": "x", "space": "none"}, "space"),
        ({"text": "x", "themes": ["none"]}, "themes"),
        ({"text": "x", "themes": "homes"}, "themes"),
        ({"text": "x", "themes": [{}]}, "themes"),
        ({"text": "x", "language": "<b>"}, "language"),
        ({"text": "x", "consents": "yes"}, "consents"),
        ({"text": "x", "consents": {"insight": "perhaps"}}, "consents"),
        ({"text": "x", "consents": {"quote": True}}, "consents"),
        ({"text": "x", "consents": {"contact": True}, "contact": "not an address"}, "contact"),
        ({"text": "x", "contact": "rosa@example.org"}, "contact"),
    ],
)
def test_bad_input_is_told_by_field_and_nothing_is_kept(share, body, field):
    response = share(**body)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert list(response.json()["errors"]) == [field]
    assert Experience.objects.count() == 0


def test_a_text_that_is_too_long_is_told_both_lengths_and_never_cut(share):
    assert share(text="é" * 5000).status_code == 201
    response = share(text="é" * 5001)
    assert response.status_code == 400
    assert "5,001" in str(response.json()["errors"]["text"])
    assert "5,000" in str(response.json()["errors"]["text"])
    assert Experience.objects.count() == 1


def test_a_huge_body_is_refused_with_its_limit(post):
    response = post("/api/v1/experiences/", '{"text": "' + "x" * 300_000 + '"}')
    assert response.status_code == 400
    assert "200,000 bytes" in response.json()["title"]


@pytest.mark.parametrize(
    "raw",
    [
        b"", b"{", b"null", b"[]", b'"words"', b"3", b"\xff\xfe{}", b'{"text": NaN}',
        b"[" * 50_000, b'{"text": ' + b'{"a":' * 20_000, b'{"text": ' + b"9" * 10_000 + b"}",
    ],
)  # fmt: skip
def test_what_is_not_an_experience_in_json_is_a_bad_request(post, raw):
    response = post("/api/v1/experiences/", raw)
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert Experience.objects.count() == 0


def test_fields_that_nobody_knows_are_ignored(share):
    response = share(text=TEXT, state="cleared", cleared_text="x", reference="HD-MINE-00", id="1")
    assert response.status_code == 201
    kept = Experience.objects.get()
    assert (kept.state, kept.cleared_text) == ("received", "")
    assert kept.reference == response.json()["reference"] != "HD-MINE-00"


def test_a_closed_call_and_a_private_space_look_like_ones_that_are_not_there(share):
    yesterday = timezone.localdate() - timezone.timedelta(days=1)
    Call.objects.create(slug="over", title="Over", intro="x", opens=yesterday, closes=yesterday)
    factories.SpaceFactory(slug="quiet-room", visibility=Visibility.PRIVATE)
    assert share(text="x", call="over").json() == share(text="x", call="none").json()
    assert share(text="x", space="quiet-room").json() == share(text="x", space="none").json()


def test_a_call_inside_a_private_space_looks_like_one_that_is_not_there(share):
    private = factories.SpaceFactory(visibility=Visibility.PRIVATE)
    Call.objects.create(slug="quiet", title="Quiet", intro="x", space=private)
    assert share(text="x", call="quiet").status_code == 400


def test_a_key_that_is_too_long_is_refused(share):
    response = share(text=TEXT, key="k" * 201)
    assert response.status_code == 400
    assert list(response.json()["errors"]) == ["Idempotency-Key"]


def test_a_flood_from_one_place_is_asked_to_wait(share, settings):
    settings.LIMITS_ON = True
    answers = [share(text=TEXT).status_code for _ in range(122)]
    assert set(answers[:120]) == {201}
    assert answers[121] == 429
    response = share(text=TEXT)
    assert response["Content-Type"] == "application/problem+json"
    assert int(response["Retry-After"]) > 0


def test_quoting_rests_on_insight(share):
    assert share(text=TEXT, consents={"insight": True, "quote": True}).status_code == 201
    kept = Experience.objects.get()
    assert set(kept.consents.values_list("purpose", flat=True)) == {Purpose.INSIGHT, Purpose.QUOTE}
