"""/changes/: what anyone may read, found by theme and place, and nothing that points at one person."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from engagement.board.services import decide, group_into_insight
from engagement.experiences.services import withdraw
from engagement.responses.models import Response
from heard.cms.models import ChangesPage
from tests.engagement.board.conftest import of
from tests.engagement.responses.conftest import UNWILLING, answer, answered, passage
from tests.factories import DistrictFactory, SpaceFactory, ThemeFactory, passed_on


@pytest.fixture(autouse=True)
def changes(db):
    """The page at /changes/, below a home of its own."""
    home = SpaceFactory(title="Home", visibility="open")
    Site.objects.update_or_create(is_default_site=True, defaults={"root_page_id": home.pk})
    Site.clear_site_root_paths_cache()
    return home.add_child(instance=ChangesPage(title="You said, we did", slug="changes"))


def read(client, address="/changes/"):
    found = client.get(address)
    assert found.status_code == 200, address
    return found.content.decode()


def test_an_answer_shows_what_was_said_decided_why_and_next(client, bea, decision, homes):
    made = answer(decision, bea)
    for text in (read(client), read(client, made.get_absolute_url())):
        for words in (
            "A record of every repair",
            "Change planned",
            "Repairs are lost.",
            "Fewer than 5 people spoke about this.",
            "To ask City council to act.",
            "It is fair.",
            "A rule in March.",
            'href="/themes/homes-housing/"',
        ):
            assert words in text


def test_a_no_says_why_not(client, bea, decision):
    answer(decision, bea, outcome="none")
    text = read(client)
    assert "No, because" in text
    assert "Why not" in text


def test_words_are_quoted_with_their_writers_yes_and_no_others_are_shown(
    client, bea, decision, willing
):
    made = answer(decision, bea, quotes=[passage(willing, "We slept in coats.")])
    for address in ("/changes/", made.get_absolute_url(), f"{made.get_absolute_url()}?x=1"):
        text = read(client, address)
        assert "We slept in coats." in text
        assert UNWILLING not in text
        assert "No heat" not in text  # the rest of the same person's words


@pytest.mark.parametrize("purposes", [["quote"], None])
def test_a_withdrawn_quote_leaves_a_described_gap(client, bea, decision, willing, purposes):
    made = answer(decision, bea, quotes=[passage(willing, "We slept in coats.")])
    withdraw(experience=of(willing), purposes=purposes)
    for address in ("/changes/", made.get_absolute_url()):
        text = read(client, address)
        assert "coats" not in text
        assert "Words taken back by the person who wrote them." in text


def test_answers_are_found_by_theme_place_and_outcome(client, bea, board, homes):
    oldham, money = DistrictFactory(slug="oldham"), ThemeFactory(slug="poverty-income-debt")
    answered(board, homes, bea, people=5, district=oldham, title="Damp in Oldham")
    answered(board, money, bea, title="Rent", outcome="none")
    expected = {
        "": {"Damp in Oldham", "Rent"},
        "?theme=homes-housing": {"Damp in Oldham"},
        "?district=oldham": {"Damp in Oldham"},
        "?theme=poverty-income-debt&district=oldham": set(),
        "?outcome=none": {"Rent"},
        "?theme=nonsense&district=%00%ff&outcome=x&before=-1": {"Damp in Oldham", "Rent"},
    }
    for query, titles in expected.items():
        text = read(client, f"/changes/{query}")
        assert {title for title in ("Damp in Oldham", "Rent") if f">{title}</a>" in text} == titles
    assert "1 answer about Homes in Oldham, newest first" in read(
        client, "/changes/?theme=homes-housing&district=oldham"
    )


def test_newest_come_first_and_older_ones_are_one_step_on(client, bea, board, homes):
    made = [answered(board, homes, bea, title=f"Answer {number:02}") for number in range(12)]
    first = read(client)
    assert first.index("Answer 11") < first.index("Answer 10")
    assert "Answer 01" not in first
    older = f"/changes/?before={made[2].pk}"
    assert older in first
    assert re.findall(r">(Answer \d\d)</a>", read(client, older)) == ["Answer 01", "Answer 00"]


def test_with_no_answers_the_page_says_what_will_be_here(client):
    assert "No answers yet" in read(client)
    assert "No answer fits this choice yet" in read(client, "/changes/?outcome=made")


def test_an_answer_that_is_not_there_is_not_found(client):
    for address in ("/changes/999/", "/changes/99999999999999999999999/", "/changes/x/"):
        assert client.get(address).status_code == 404


def test_no_filter_and_no_other_page_says_more_about_how_many(client, bea, board, homes):
    """Every set of filters is tried on answers with 1 to 9 people; each answer says one thing always."""
    places = [DistrictFactory(slug=slug) for slug in ("oldham", "bury")]
    themes = [homes, ThemeFactory(slug="poverty-income-debt")]
    people = {}
    for number in range(1, 10):
        title = f"Answer {number}"
        answered(
            board, themes[number % 2], bea, people=number, district=places[number % 2], title=title
        )
        people[title] = number
    queries = [
        f"/changes/?theme={theme}&district={place}&outcome={outcome}"
        for theme in ("", *(theme.slug for theme in themes))
        for place in ("", *(place.slug for place in places))
        for outcome in ("", "planned", "made")
    ]
    queries += [response.get_absolute_url() for response in Response.objects.all()]
    said = {}
    for address in queries:
        text = read(client, address)
        for title, words in re.findall(
            r">(Answer \d)</(?:a|h1)>.*?(?P<people>\S+ \S+ \S+ people) spoke about this", text, re.S
        ):
            said.setdefault(title, set()).add(" ".join(words.split()))
        assert not re.search(r"\b[1-4] (?:people|person)\b", text)
    assert set(said) == set(people)
    assert all(len(words) == 1 for words in said.values())
    small = {words for title, found in said.items() if people[title] < 5 for words in found}
    assert len(small) == 1


def test_many_answers_ask_the_database_as_often_as_few(client, bea, board, homes):
    counts = []
    for more in (2, 7):
        for number in range(more):
            consents = ["insight", "quote"]
            matter = passed_on(
                board, theme=homes, consents=consents, text=f"Cold, number {number}."
            )
            made = group_into_insight(board=board, matters=[matter], by=bea, title="Cold")
            decided = decide(insight=made, by=bea, kind="note", reason="Because.")
            answer(decided, bea, quotes=[passage(matter, "Cold")])
        read(client)
        with CaptureQueriesContext(connection) as asked:
            read(client)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_private_space_and_a_private_board_are_not_named(client, bea, board, homes):
    hidden = SpaceFactory(title="Hidden panel", visibility="private")
    board.visibility = "private"
    board.save()
    matter = passed_on(board, theme=homes)
    made = group_into_insight(board=board, matters=[matter], by=bea, title="Cold")
    decided = decide(insight=made, by=bea, kind="refer", reason="They know.", referred_to=hidden)
    published = answer(decided, bea)
    for address in ("/changes/", published.get_absolute_url()):
        text = read(client, address)
        assert "Hidden panel" not in text
        assert board.title not in text


def test_what_a_board_writes_is_shown_as_typed_and_runs_nothing(client, bea, decision):
    attack = "<img src=x onerror=alert(1)>"
    made = answer(decision, bea, title=attack, heard=attack, reason=attack, next_step=attack)
    for address in ("/changes/", made.get_absolute_url()):
        assert "<img src=x" not in read(client, address)
