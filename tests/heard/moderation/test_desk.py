"""The queue's pages: who may see them, their order, their rows as they arrive, and taking an item."""

import re
import uuid

import pytest

from heard.moderation import services
from heard.moderation.models import QueueItem, Urgency
from heard.moderation.permissions import may_open
from heard.notifications.services import position
from tests.factories import UserFactory


@pytest.fixture
def desk(client, amir, notes):
    client.force_login(amir)
    return client


def put(name, **more):
    return services.enqueue(kind="note", object_id=name, **more)


def shown(response):
    return re.findall(r'hd-quiet"><bdi>(.*?)</bdi>', response.content.decode())


def test_the_desk_shows_what_waits_the_most_urgent_first(desk):
    for name, urgency in (("a", 0), ("b", 0), ("c", Urgency.FLAGGED), ("d", Urgency.DANGER)):
        put(name, urgency=urgency)
    response = desk.get("/moderation/")
    assert shown(response) == ["d", "c", "a", "b"]
    html = response.content.decode()
    assert "4 to read." in html
    assert "words of a" in html
    assert f'data-cursor="{position()}"' in html


def test_an_empty_desk_says_so(desk):
    assert "Nothing waits to be read." in desk.get("/moderation/").content.decode()


def test_hard_words_are_closed_until_somebody_opens_them(desk):
    put("hard", urgency=Urgency.DANGER)
    html = desk.get("/moderation/").content.decode()
    note = re.search(r'<details class="hd-note">.*?</details>', html, re.DOTALL)
    assert note
    assert "hard things" in note.group()
    assert html.count("words of hard") == note.group().count("words of hard") == 1


def test_filters_show_the_flagged_ones_own_and_the_held(desk, amir, maud):
    flagged, mine, held, hers = (put(name) for name in ("flagged", "mine", "held", "hers"))
    services.raise_urgency(kind="note", object_id="flagged")
    services.claim(item=mine, by=amir)
    services.claim(item=hers, by=maud)
    QueueItem.objects.filter(pk=held.pk).update(held=True)
    assert shown(desk.get("/moderation/?show=flagged")) == ["flagged"]
    assert shown(desk.get("/moderation/?show=mine")) == ["mine"]
    assert shown(desk.get("/moderation/?show=held")) == ["held"]
    every = ["flagged", "mine", "hers"]
    assert shown(desk.get("/moderation/?show=all")) == every
    assert shown(desk.get("/moderation/?show=nonsense")) == every
    html = desk.get("/moderation/").content.decode()
    assert "Claimed by you" in html
    assert "Maud has claimed it" in html
    assert flagged.url in html


def test_a_long_queue_comes_in_pages_without_gap_or_double(desk):
    names = [f"n{number:02}" for number in range(60)]
    for name in names:
        put(name)
    seen, address = [], "/moderation/"
    while address:
        response = desk.get(address)
        seen += shown(response)
        onward = response.context["next_url"]
        address = "/moderation/" + onward if onward else ""
    assert seen == names


@pytest.mark.parametrize("below", ["nonsense", str(uuid.uuid4()), "%00", "1" * 400])
def test_a_place_that_is_gone_or_never_was_begins_at_the_top(desk, below):
    put("a")
    assert shown(desk.get(f"/moderation/?below={below}")) == ["a"]


def test_the_desk_takes_as_many_queries_for_many_as_for_few(
    desk, django_assert_max_num_queries, django_assert_num_queries
):
    for number in range(10):
        put(f"a{number}")
    with django_assert_max_num_queries(12) as few:
        desk.get("/moderation/")
    for number in range(90):
        put(f"b{number}")
    with django_assert_num_queries(len(few)):
        desk.get("/moderation/")


@pytest.mark.django_db(transaction=True)  # the stream's place passes only what is committed
def test_rows_that_arrived_after_a_place_in_the_stream_come_alone(desk):
    put("before")
    cursor = position()
    put("after", urgency=Urgency.FLAGGED)
    put("later")
    response = desk.get(f"/moderation/rows/?after={cursor}")
    assert shown(response) == ["after", "later"]
    assert "<html" not in response.content.decode()
    assert shown(desk.get(f"/moderation/rows/?after={position()}")) == []


@pytest.mark.parametrize(
    "query", ["", "?after=x", "?after=-1", "?after=" + "9" * 60, "?id=x", "?id=%00"]
)
def test_rows_asked_for_with_nonsense_are_none(desk, query):
    put("a")
    response = desk.get(f"/moderation/rows/{query}")
    assert (response.status_code, shown(response)) == (200, [])


def test_one_row_is_as_it_is_now_and_gone_when_it_no_longer_shows(desk, amir):
    item = put("a")
    services.claim(item=item, by=amir)
    response = desk.get(f"/moderation/rows/?id={item.pk}")
    assert "Claimed by you" in response.content.decode()
    QueueItem.objects.update(held=True)
    assert shown(desk.get(f"/moderation/rows/?id={item.pk}")) == []
    assert shown(desk.get(f"/moderation/rows/?id={item.pk}&show=held")) == ["a"]


def test_what_its_room_no_longer_has_is_left_out(desk):
    put("gone")
    services.enqueue(kind="nobody-s", object_id="1")
    put("a")
    assert shown(desk.get("/moderation/")) == ["a"]


def test_an_item_leads_to_its_page_and_never_names_it_in_its_own_address(desk):
    item = put("a")
    assert "a" not in item.url.removeprefix("/moderation/items/").replace(str(item.pk), "")
    assert desk.get(item.url).headers["Location"] == "/notes/a/"
    QueueItem.objects.all().delete()
    assert desk.get(item.url).headers["Location"] == "/moderation/"
    assert desk.get(f"/moderation/items/{uuid.uuid4()}/").headers["Location"] == "/moderation/"


def test_taking_an_item_claims_it_and_the_second_is_told_who(desk, amir, maud):
    item = put("a")
    assert desk.post(f"{item.url}take/").headers["Location"] == "/notes/a/"
    assert QueueItem.objects.get().claimed_by == amir
    desk.force_login(maud)
    response = desk.post(f"{item.url}take/", follow=True)
    assert "Amir claimed it before you." in [str(m) for m in response.context["messages"]]
    desk.post(f"{item.url}take/", {"instead_of": amir.pk})
    assert QueueItem.objects.get().claimed_by == maud
    desk.post(f"{item.url}let-go/")
    assert QueueItem.objects.get().claimed_by is None


def test_taking_what_was_dealt_with_says_who_did(desk, maud):
    item = put("a")
    services.settle(kind="note", object_id="a", by=maud, verdict="cleared")
    response = desk.post(f"{item.url}take/", {"instead_of": "nonsense"}, follow=True)
    assert "It was dealt with, and waits no longer." in response.content.decode()
    assert desk.get(f"{item.url}take/").status_code == 405


def test_the_desk_is_for_moderators_and_says_sign_in_first(client, notes, sol, bea):
    item = put("a")
    addresses = ["/moderation/", "/moderation/rows/", item.url]
    for address in addresses:
        assert client.get(address).headers["Location"].startswith("/accounts/login/?next=")
    for person in (sol, bea):
        client.force_login(person)
        for address in addresses:
            assert client.get(address).status_code == 403
        assert client.post(f"{item.url}take/").status_code == 403
        assert client.post(f"{item.url}let-go/").status_code == 403
    assert QueueItem.objects.get().claimed_by is None


def test_the_safeguarding_lead_sees_what_may_be_danger_and_takes_nothing(client, notes, amir):
    lead = UserFactory(roles=["safeguarding"])
    client.force_login(lead)
    plain, danger = put("plain"), put("danger", urgency=Urgency.DANGER)
    assert shown(client.get("/moderation/")) == ["danger"]
    assert shown(client.get("/moderation/rows/?after=0")) == ["danger"]
    assert client.get(plain.url).headers["Location"] == "/moderation/"
    assert client.get(danger.url).headers["Location"] == "/notes/danger/"
    assert client.post(f"{danger.url}take/").status_code == 403
    for person in (lead, amir, UserFactory(), UserFactory(roles=["editor", "manager"])):
        seen = set(QueueItem.objects.visible_to(person))
        assert seen == {item for item in (plain, danger) if may_open(person, item)}
