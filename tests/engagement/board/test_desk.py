"""The desk: what arrived, newest first, for the board's own people and in cleared words only."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from engagement.board.models import Insight
from engagement.experiences.services import withdraw
from engagement.routing.models import Referral
from engagement.routing.services import link_duplicate
from engagement.themes.models import ThemeLead
from heard.notifications.models import Notification
from heard.notifications.services import position
from heard.spaces.models import Membership
from heard.spaces.services import leave
from tests.engagement.board.conftest import CANARIES, CLEARED, of
from tests.factories import (
    BoardFactory,
    DistrictFactory,
    ExperienceFactory,
    RouteFactory,
    ThemeFactory,
    UserFactory,
    passed_on,
)

DESK = "/board/{}/"


@pytest.fixture
def url(board):
    return DESK.format(board.slug)


@pytest.fixture
def beas(bea, client):
    """Bea's browser."""
    client.force_login(bea)
    return client


def as_(person):
    browser = Client()
    if person:
        browser.force_login(person)
    return browser


def page(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def row(matter):
    return Referral.objects.get(matter=matter)


def test_the_desk_shows_what_arrived_newest_first(beas, damp, boiler):
    text = page(beas, "/board/")
    assert text.index(boiler.title) < text.index(damp.title)
    for words in ("Homes", "Oldham", "Not to be quoted", "May be quoted", "New"):
        assert words in text


def test_how_many_say_the_same_is_said_rounded(beas, board, homes, oldham, amir):
    for _ in range(8):
        passed_on(board, theme=homes, by=amir, district=oldham)
    passed_on(board, theme=homes, by=amir, district=DistrictFactory(slug="bury"))
    text = page(beas, "/board/")
    assert text.count("About 10 people spoke about Homes here") == 8
    assert text.count("Fewer than 5 people spoke about Homes here") == 1


def test_a_matter_opens_with_its_cleared_words_and_why_it_came_here(beas, url, damp):
    text = page(beas, f"{url}{row(damp).pk}/")
    assert CLEARED in text
    assert "It is about Homes (rule" in text


def test_no_page_of_the_desk_shows_a_raw_word(beas, url, board, damp, insight):
    cursor = 0
    pages = [
        "/board/",
        url,
        f"{url}rows/?after={cursor}",
        f"{url}rows/?id={row(damp).pk}",
        f"{url}insights/",
        f"{url}{row(damp).pk}/",
        insight.get_absolute_url(),
        "/board/decisions/",
        f"/api/v1/referrals/{row(damp).pk}/",
        f"/api/v1/insights/{insight.pk}/",
    ]
    assert all(canary in of(damp).text for canary in CANARIES)  # there is something to leak
    for address in pages:
        answer = beas.get(address)
        assert answer.status_code == 200, address
        for canary in CANARIES:
            assert canary not in answer.content.decode(), address


def test_what_was_taken_back_leaves_only_that_it_was(beas, url, damp, insight):
    title, words = damp.title, CLEARED
    withdraw(experience=of(damp))
    for address in ("/board/", f"{url}{row(damp).pk}/", insight.get_absolute_url()):
        text = page(beas, address)
        assert words not in text
        assert title not in text
        assert "ithdrawn by the person who wrote it" in text
    assert f'name="referral" value="{row(damp).pk}"' not in page(beas, "/board/")


def test_words_taken_back_stay_gone_while_others_who_said_the_same_stand(beas, url, damp, homes):
    other = ExperienceFactory()
    link_duplicate(experience=other, original=of(damp), by=UserFactory(moderator=True))
    withdraw(experience=of(damp))
    text = page(beas, f"{url}{row(damp).pk}/")
    assert CLEARED not in text
    assert "Others who said the same still stand by it." in text


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", {"damp", "rent"}),
        ("?theme=homes-housing", {"damp"}),
        ("?district=bury", {"rent"}),
        ("?theme=homes-housing&district=bury", set()),
        ("?state=decided", set()),
        ("?state=new&state=grouped", {"damp", "rent"}),
        ("?theme=nonsense&district=%00&state=;drop&before=x", {"damp", "rent"}),
        ("?before=99999999999999999999999", {"damp", "rent"}),
    ],
)
def test_the_desk_is_filtered_by_theme_district_and_state(beas, url, board, damp, query, shown):
    money = ThemeFactory(slug="poverty-income-debt", title="Poverty")
    rent = passed_on(board, theme=money, text="Rent.", district=DistrictFactory(slug="bury"))
    text = page(beas, url + query)
    titles = {"damp": damp.title, "rent": rent.title}
    assert {name for name, title in titles.items() if f">{title}</bdi>" in text} == shown


def test_a_full_desk_goes_on_to_older_rows(beas, url, board, homes, amir):
    matters = [passed_on(board, theme=homes, by=amir, title=f"Number {n}") for n in range(27)]
    first = page(beas, url)
    oldest_shown = Referral.objects.newest_first()[24]
    assert f"{url}?before={oldest_shown.pk}" in first
    assert matters[0].title not in first
    assert matters[0].title in page(beas, f"{url}?before={oldest_shown.pk}")


def test_many_rows_ask_the_database_as_often_as_few(beas, url, board, homes, amir):
    counts = []
    for more in (2, 20):
        for number in range(more):
            district = DistrictFactory(slug=f"place-{more}-{number}")
            passed_on(board, theme=homes, by=amir, district=district)
        page(beas, url)
        with CaptureQueriesContext(connection) as asked:
            page(beas, url)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[1] <= 30


def test_a_live_list_gets_what_arrived_after_its_cursor(beas, url, board, homes, damp):
    cursor = Notification.objects.latest("id").pk
    new = passed_on(board, theme=homes, title="Came just now")
    text = page(beas, f"{url}rows/?after={cursor}")
    assert f'data-id="{row(new).pk}"' in text
    assert f'data-id="{row(damp).pk}"' not in text


def test_a_live_list_gets_one_row_by_its_id(beas, url, damp, boiler):
    text = page(beas, f"{url}rows/?id={row(damp).pk}")
    assert text.count("data-id=") == 1
    assert "data-id" not in page(beas, f"{url}rows/?id=999999")


def test_the_page_carries_a_cursor_taken_before_its_rows(beas, url, damp):
    assert f'data-cursor="{position()}"' in page(beas, url)


def test_who_is_no_member_of_the_board_finds_nothing_at_its_desk(
    url, board, damp, observer, manager, sol, amir
):
    gone = UserFactory(member_of=board)
    leave(space=board, person=gone)
    late = UserFactory(member_of=board)
    late.memberships.update(until=timezone.localdate() - timedelta(days=1))
    other = UserFactory(member_of=BoardFactory())
    places = (url, f"{url}rows/", f"{url}insights/", f"{url}{row(damp).pk}/")
    for person in (observer, manager, sol, amir, gone, late, other):
        for address in places:
            assert as_(person).get(address).status_code == 404, (person, address)
        assert as_(person).post(f"{url}group/").status_code == 404


def test_a_desk_that_is_not_there_answers_like_one_that_is_not_yours(url, board, sol):
    nowhere = DESK.format("x" * len(board.slug))
    mine, none = as_(sol).get(url), as_(sol).get(nowhere)
    assert (mine.status_code, len(mine.content)) == (none.status_code, len(none.content))


def test_without_signing_in_one_is_sent_to_sign_in(url, damp):
    for address in ("/board/", url, f"{url}rows/", "/board/decisions/"):
        answer = as_(None).get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/login/?next=")


def test_another_boards_referral_is_not_found_at_this_desk(beas, url, homes):
    elsewhere = passed_on(BoardFactory(), theme=homes)
    assert beas.get(f"{url}{row(elsewhere).pk}/").status_code == 404
    assert "data-id" not in page(beas, f"{url}rows/?id={row(elsewhere).pk}")


def test_someone_on_two_boards_is_offered_the_other(bea, board, damp):
    other = BoardFactory(title="Another Board")
    Membership.objects.create(space=other, person=bea)
    assert f'href="/board/{board.slug}/"' in page(as_(bea), "/board/")


def test_a_theme_lead_reads_what_was_sent_to_the_theme_and_cannot_group(homes, board):
    lead = UserFactory()
    ThemeLead.objects.create(theme=homes, person=lead)
    RouteFactory(theme=homes, to="leads")
    matter = passed_on(board, theme=homes, text=f"Raw {CANARIES[0]}", cleared="Raw [name]")
    sent = Referral.objects.get(matter=matter, theme=homes)
    text = page(as_(lead), "/board/")
    assert matter.title in text
    assert "Group what you picked" not in text
    assert "Raw [name]" in page(as_(lead), f"/board/theme/homes-housing/{sent.pk}/")
    assert as_(lead).get(DESK.format(board.slug)).status_code == 404
    assert as_(UserFactory()).get("/board/theme/homes-housing/").status_code == 404


def test_what_is_picked_becomes_an_insight(beas, url, damp, boiler):
    answer = beas.post(
        f"{url}group/", {"referral": [row(damp).pk, row(boiler).pk], "title": "No record is kept"}
    )
    made = Insight.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, made.get_absolute_url())
    assert set(made.matters.all()) == {damp, boiler}


def test_what_is_picked_can_join_an_insight_that_waits(beas, url, board, homes, insight):
    more = passed_on(board, theme=homes)
    beas.post(f"{url}group/", {"referral": [row(more).pk], "insight": insight.pk})
    assert insight.matters.count() == 3


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"title": "A point"}, "Pick at least one in the list."),
        ({"referral": ["damp"]}, "Say what point they make"),
        ({"referral": ["damp"], "title": "x" * 201}, "You wrote 201 characters"),
        ({"referral": ["999999"], "title": "A point"}, "One you picked is no longer here."),
        ({"referral": ["9" * 40, "x"], "title": "A point"}, "One you picked is no longer here."),
        ({"referral": ["damp"], "title": "A point", "insight": "99"}, "Select a valid choice"),
    ],
)
def test_grouping_that_cannot_be_says_why_and_keeps_what_was_typed(beas, url, damp, sent, says):
    picked = [str(row(damp).pk) if pk == "damp" else pk for pk in sent.get("referral", [])]
    answer = beas.post(f"{url}group/", {**sent, "referral": picked})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert says in text
    assert "<title>Error:" in text.replace("\n", "")
    assert sent.get("title", "") in text
    if str(row(damp).pk) in picked:
        assert f'value="{row(damp).pk}" type="checkbox" checked' in text
    assert Insight.objects.count() == 0


def test_another_boards_matter_cannot_be_picked(beas, url, homes):
    elsewhere = passed_on(BoardFactory(), theme=homes)
    answer = beas.post(f"{url}group/", {"referral": [row(elsewhere).pk], "title": "Ours now"})
    assert answer.status_code == 422
    assert Insight.objects.count() == 0
