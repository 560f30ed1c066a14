"""The moderators' page of one experience: what it shows, what its buttons do, and what is never lost."""

import re

import pytest

from engagement.experiences.models import Answer, Call, Experience, Message, Provenance, State, Tag
from engagement.routing import services
from engagement.routing.models import Matter
from heard.moderation.models import ModerationDecision, QueueItem, Urgency
from heard.moderation.services import claim
from tests.factories import DistrictFactory, ExperienceFactory, ThemeFactory, UserFactory

CANARY = "Zanzibarra of 14 Ashdown Terrace, ring 07700 900123"


@pytest.fixture
def desk(client, amir):
    client.force_login(amir)
    return client


def page(experience):
    return f"/moderation/experience/{experience.reference}/"


def fields(response):
    """What a browser would send back: the values of the page's boxes and ticked boxes."""
    forms = response.context["forms"]
    found = {"version": response.context["reading"].item.version}
    for name in ("clear", "return", "hold", "answer", "link", "out"):
        for box in forms[name]:
            found[box.html_name] = box.value() or ""
    return found


def press(client, experience, do, **typed):
    before = fields(client.get(page(experience)))
    return client.post(page(experience), {**before, **typed, "do": do}, follow=True)


def test_the_page_shows_the_words_the_place_the_consents_and_why_themes_are_suggested(desk, homes):
    experience = ExperienceFactory(
        text="No heat.", district=DistrictFactory(), themes=[homes], consents=["insight", "quote"]
    )
    money = ThemeFactory(slug="money", short="Money")
    Tag.objects.create(
        experience=experience,
        theme=money,
        provenance=Provenance.MACHINE,
        because={"kind": "wrote", "phrase": "the meter ate it"},
    )
    html = desk.get(page(experience)).content.decode()
    for words in (
        "No heat.",
        "Oldham",
        "because they wrote “the meter ate it”",
        "(the writer ticked it)",
    ):
        assert words in html
    assert "Clear and open the next" in html


def test_clearing_from_the_page_passes_it_on_and_opens_the_next(desk, board, homes, homes_to_board):
    experience, following = ExperienceFactory(), ExperienceFactory()
    response = press(
        desk, experience, "clear", themes=["homes-housing"], text="It is cold.", title=""
    )
    matter = Matter.objects.get()
    assert (matter.reference, matter.title) == (experience.reference, "It is cold")
    assert response.redirect_chain[-1][0] == page(following)
    assert f"{experience.reference} is cleared and was passed on." in response.content.decode()


def test_opening_claims_nothing(desk):
    experience = ExperienceFactory()
    desk.get(page(experience))
    assert QueueItem.objects.get().claimed_by is None


def test_a_detail_is_taken_out_by_a_button_and_nothing_else_changes(desk, homes):
    experience = ExperienceFactory(text=CANARY)
    before = fields(desk.get(page(experience)))
    response = desk.post(
        page(experience),
        {**before, "reason": "half a thought", "take_out": "phone|07700 900123"},
    )
    boxes = response.context["forms"]
    assert boxes["clear"]["text"].value() == (
        "Zanzibarra of 14 Ashdown Terrace, ring [phone number removed]"
    )
    assert boxes["return"]["reason"].value() == "half a thought"
    experience.refresh_from_db()
    assert (experience.text, experience.cleared_text) == (CANARY, "")


def test_a_name_is_taken_out_everywhere_at_once_and_out_of_the_heading(desk):
    experience = ExperienceFactory(text="Parveen is cold.", better="Ask Parveen.")
    typed = {"title": "Parveen is cold", "words_out": "parveen", "kind_out": "name"}
    boxes = press(desk, experience, "out", **typed).context["forms"]["clear"]
    assert boxes["text"].value() == "[name removed] is cold."
    assert boxes["better"].value() == "Ask [name removed]."
    assert boxes["title"].value() == "[name removed] is cold"


def test_a_heading_is_offered_from_the_words_as_they_are_being_cleared(desk):
    experience = ExperienceFactory(text=CANARY)
    boxes = press(desk, experience, "offer", text="A mother is cold. Nobody came.")
    form = boxes.context["forms"]["clear"]
    assert form["title"].value() == "A mother is cold"
    assert "Zanzibarra" not in str(form["summary"].value())


def test_an_offered_heading_follows_what_is_taken_out_afterwards(desk, homes):
    experience = ExperienceFactory(text="Parveen is cold.")
    offered = {"title": "Parveen is cold", "offered": "Parveen is cold"}
    press(desk, experience, "clear", themes=[homes.slug], text="She is cold.", **offered)
    assert Matter.objects.get().title == "She is cold"


def test_without_a_theme_the_error_stands_beside_the_field_and_nothing_typed_is_lost(desk, homes):
    experience = ExperienceFactory()
    typed = {"text": "My edit.", "title": "My heading", "hold_reason": "not sure", "themes": []}
    response = press(desk, experience, "clear", **typed)
    html = response.content.decode()
    assert response.status_code == 422
    assert html.count("Tick at least one theme.") == 2
    assert "<title>Error:" in html.replace("\n", "")
    for words in ("My edit.", "My heading", "not sure"):
        assert words in html
    assert not Matter.objects.exists()


def test_an_action_that_is_not_in_the_plan_is_refused_by_its_number(desk, homes):
    experience = ExperienceFactory()
    response = press(desk, experience, "clear", themes=[homes.slug], actions="5.99, nonsense")
    assert "There is no action 5.99 or nonsense in the plan." in response.content.decode()


@pytest.mark.parametrize(
    ("do", "typed", "state"),
    [
        ("return", {"reason": "When was it?", "rule": "unclear"}, State.RETURNED),
        ("hold", {"hold_reason": "A second reader."}, State.HELD),
        ("answer", {"answer": "Thank you."}, State.ANSWERED),
    ],
)
def test_each_other_button_does_its_deed(desk, do, typed, state):
    experience = ExperienceFactory()
    assert press(desk, experience, do, **typed).status_code == 200
    experience.refresh_from_db()
    assert experience.state == state


@pytest.mark.parametrize("do", ["return", "hold", "answer", "link"])
def test_each_other_button_needs_its_words(desk, do):
    experience = ExperienceFactory()
    response = press(desk, experience, do, text="My edit.")
    assert response.status_code == 422
    assert "My edit." in response.content.decode()
    assert not ModerationDecision.objects.exists()


def test_a_house_rule_is_told_in_its_own_words(desk):
    experience = ExperienceFactory()
    press(desk, experience, "return", reason="Who was it?", rule="others")
    assert "say what they are, not who" in Message.objects.get().text


def test_one_that_says_the_same_is_offered_and_linked(desk, homes, amir):
    words = "The boiler broke in October and the agency never answered us."
    first = ExperienceFactory(text=words)
    services.clear_experience(experience=first, by=amir, themes=[homes])
    experience = ExperienceFactory(text="Our boiler broke in October, the agency never answered.")
    assert first.reference in desk.get(page(experience)).content.decode()
    press(desk, experience, "link", like=first.reference)
    experience.refresh_from_db()
    assert experience.same_as == first


def test_danger_is_closed_under_a_note_boxes_and_phrases_too(desk, homes):
    experience = ExperienceFactory(
        text=CANARY, queued__urgency=Urgency.DANGER, queued__flags=["danger:life"]
    )
    Tag.objects.create(
        experience=experience,
        theme=homes,
        provenance=Provenance.MACHINE,
        because={"phrase": "Zanzibarra"},
    )
    html = desk.get(page(experience)).content.decode()
    note = re.search(r'<details class="hd-note">.*?</textarea>', html, re.DOTALL)
    assert note
    assert html.count("Zanzibarra") == note.group().count("Zanzibarra")
    assert "someone’s life may be in danger" in html


def test_when_another_moderator_was_first_the_page_says_who_and_keeps_what_was_typed(
    desk, maud, homes
):
    experience = ExperienceFactory()
    before = fields(desk.get(page(experience)))
    services.clear_experience(experience=experience, by=maud, themes=[homes])
    response = desk.post(
        page(experience), {**before, "do": "clear", "themes": ["homes-housing"], "title": "Mine"}
    )
    html = response.content.decode()
    assert response.status_code == 409
    assert "Maud was first: Cleared" in html
    assert "Mine" in html
    assert Matter.objects.count() == 1


def test_when_another_moderator_claimed_it_the_page_says_who_and_keeps_what_was_typed(
    desk, maud, homes
):
    experience = ExperienceFactory()
    before = fields(desk.get(page(experience)))
    claim(item=QueueItem.objects.get(), by=maud)
    response = desk.post(
        page(experience), {**before, "do": "clear", "themes": ["homes-housing"], "title": "Mine"}
    )
    html = response.content.decode()
    assert response.status_code == 409
    assert "Maud has claimed it." in html
    assert 'value="Mine"' in html


def test_without_the_consent_there_is_no_way_to_clear_it(desk, homes):
    experience = ExperienceFactory(consents=[])
    html = desk.get(page(experience)).content.decode()
    assert 'value="clear"' not in html
    response = press(desk, experience, "clear", themes=[homes.slug])
    assert "did not agree that it is used" in response.content.decode()
    assert not Matter.objects.exists()


def test_after_clearing_no_page_shows_the_raw_words(desk, homes):
    call = Call.objects.create(slug="winter", title="Winter", intro="Tell us.")
    experience = ExperienceFactory(text=CANARY, better=CANARY, call=call)
    answer = Answer.objects.create(experience=experience, question="Who?", text=CANARY)
    assert "Zanzibarra" in desk.get(page(experience)).content.decode()
    typed = {"text": "Cold.", "better": "Heat.", f"answer_{answer.pk}": "Someone."}
    press(desk, experience, "clear", themes=[homes.slug], **typed)
    html = desk.get(page(experience)).content.decode()
    assert "Cold." in html
    assert "Zanzibarra" not in html
    assert "Zanzibarra" not in desk.get("/moderation/").content.decode()


def test_the_original_opens_only_with_a_reason_that_is_kept(desk, homes, amir):
    experience = ExperienceFactory(text=CANARY)
    services.clear_experience(experience=experience, by=amir, themes=[homes], text="Cold.")
    refused = desk.post(page(experience) + "original/", {"why": " "})
    assert (refused.status_code, "Zanzibarra" in refused.content.decode()) == (422, False)
    opened = desk.post(page(experience) + "original/", {"why": "A complaint to the council."})
    assert "Zanzibarra" in opened.content.decode()
    decision = ModerationDecision.objects.get(verdict="opened_original")
    assert (decision.by, decision.reason) == (amir, "A complaint to the council.")
    assert desk.get(page(experience) + "original/").status_code == 405


def test_themes_are_changed_from_the_page(desk, homes, amir):
    experience, money = ExperienceFactory(), ThemeFactory(slug="money", short="Money")
    services.clear_experience(experience=experience, by=amir, themes=[homes])
    desk.post(page(experience) + "themes/", {"themes": ["money"]})
    assert list(Matter.objects.get().themes.all()) == [money]
    wrong = desk.post(page(experience) + "themes/", {"themes": []})
    assert wrong.status_code == 422


def test_what_was_returned_held_or_taken_back_is_moved_on_from_its_page(desk, amir):
    held, returned = ExperienceFactory(), ExperienceFactory()
    services.hold_experience(experience=held, by=amir, reason="Later.")
    services.return_experience(experience=returned, by=amir, reason="When?")
    desk.post(page(held) + "move/", {"do": "release"})
    desk.post(page(returned) + "move/", {"do": "reopen"})
    assert set(Experience.objects.values_list("state", flat=True)) == {State.RECEIVED}
    assert desk.post(page(held) + "move/", {"do": "nonsense"}).status_code == 302
    assert QueueItem.objects.count() == 2


@pytest.mark.parametrize("address", ["", "move/", "themes/", "original/"])
def test_the_page_is_for_moderators(client, rosa, bea, address):
    experience = ExperienceFactory(text=CANARY)
    url = page(experience) + address
    deed = client.post if address else client.get
    assert deed(url).status_code == 302
    for person in (rosa, bea):
        client.force_login(person)
        response = deed(url)
        assert (response.status_code, "Zanzibarra" in response.content.decode()) == (403, False)


def test_the_safeguarding_lead_opens_what_may_be_danger_and_changes_nothing(client, db):
    client.force_login(UserFactory(roles=["safeguarding"]))
    plain = ExperienceFactory(text=CANARY)
    danger = ExperienceFactory(text=CANARY, queued__urgency=Urgency.DANGER)
    assert client.get(page(plain)).status_code == 404
    assert client.get("/moderation/experience/HD-NONE-00/").status_code == 404
    response = client.get(page(danger))
    assert "Zanzibarra" in response.content.decode()
    assert "textarea" not in response.content.decode()
    assert client.post(page(danger), {"do": "clear"}).status_code == 403


def test_a_posted_form_with_nonsense_in_it_harms_nothing(desk):
    experience = ExperienceFactory()
    for typed in (
        {"do": "destroy"},
        {"do": "clear", "version": "x" * 50, "themes": ["no-such-theme"], "text": "\x00"},
        {"do": "link", "original": "HD-NONE-00", "like": "HD-NONE-01"},
        {"take_out": "|"},
        {"take_out": "nonsense|heating", "text": "The heating (((("},
        {"do": "out", "words_out": "((", "kind_out": "x", "text": "((a"},
    ):
        assert desk.post(page(experience), typed).status_code in {200, 422}
    experience.refresh_from_db()
    assert (experience.state, QueueItem.objects.count()) == (State.RECEIVED, 1)


def test_the_page_takes_as_many_queries_for_one_as_for_many(
    desk, amir, homes, django_assert_max_num_queries
):
    for _number in range(12):
        other = ExperienceFactory()
        services.clear_experience(experience=other, by=amir, themes=[homes])
    experience = ExperienceFactory(themes=[homes, ThemeFactory(), ThemeFactory()])
    with django_assert_max_num_queries(20):
        desk.get(page(experience))
    with django_assert_max_num_queries(20):
        desk.get(page(other))
