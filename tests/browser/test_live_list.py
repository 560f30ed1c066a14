"""A desk's list in a real Chromium: arrivals are offered and never pushed in under a hand.

The page is our own markup and scripts; the server's side of the socket is played by the test.
"""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import engines
from playwright.sync_api import expect

from tests.frontend.pages import SITE, fulfil_static

ROW = (
    "{% for id in ids %}{% include 'components/item.html' with id=id reference='HD-'|add:id"
    " url='#' title=title pick=True %}{% endfor %}"
)
DESK = (
    "{% extends 'base_desk.html' %}{% block heading %}<h1>Desk</h1>{% endblock %}"
    "{% block beside_heading %}{% include 'components/live.html' with cursor=10 %}{% endblock %}"
    "{% block desk %}<section><h2>Arrived</h2>{% include 'components/live_list.html' %}"
    "<ul class='hd-queue' data-live-list data-live-kinds='referral.created referral.changed'"
    " data-live-src='/board/rows/?theme=homes'>" + ROW + "</ul>"
    "<textarea aria-label='Because' id='because'></textarea></section>{% endblock %}"
)


class Desk:
    """A desk open in a browser, and the far end of its line."""

    def __init__(self, browser, rf):
        request = rf.get("/board/")
        request.user = AnonymousUser()
        django = engines["django"]
        self.html = django.from_string(DESK).render({"ids": ["1", "2"], "title": "Old"}, request)
        self.row = django.from_string(ROW)
        self.lines, self.asked, self.rows, self.away = [], [], {}, False
        self.page = browser.new_context(viewport={"width": 900, "height": 500}).new_page()
        self.page.route("**/*", self._answer)
        self.page.route_web_socket("**/ws/live/**", self._pick_up)
        self.page.goto(SITE + "/board/")
        self.state = self.page.locator("[data-live-words]")
        self.offer = self.page.locator(".hd-arrived")
        expect(self.state).to_have_text("Live")

    def _pick_up(self, line):
        self.lines.append(line)
        if self.away:
            line.close(code=1013)

    def _answer(self, route):
        address = urlsplit(route.request.url)
        if address.path.startswith("/static/"):
            fulfil_static(route)
        elif address.path == "/board/rows/":
            query = {name: value[0] for name, value in parse_qs(address.query).items()}
            self.asked.append(query)
            ids = self.rows.get(query.get("id") or "after", [])
            route.fulfill(
                body=self.row.render({"ids": ids, "title": "Fresh"}), content_type="text/html"
            )
        else:
            route.fulfill(body=self.html, content_type="text/html")

    def since(self):
        return [parse_qs(urlsplit(line.url).query)["since"][0] for line in self.lines]

    def send(self, cursor, id, kind="referral.created"):
        sent = {"cursor": cursor, "kind": kind, "id": id, "url": f"/api/v1/referrals/{id}/"}
        self.lines[-1].send(json.dumps(sent))

    def shown(self):
        return self.page.eval_on_selector_all(
            "[data-id]", "rows => rows.map(row => row.dataset.id)"
        )

    def focused(self):
        return self.page.evaluate(
            "document.activeElement.dataset.id ?? (document.activeElement.id || document.activeElement.tagName)"
        )


@pytest.fixture
def desk(chromium, rf):
    desk = Desk(chromium, rf)
    yield desk
    desk.page.context.close()


def test_arrivals_are_counted_and_shown_when_somebody_asks(desk):
    desk.page.focus("#because")
    desk.send(11, "3")
    expect(desk.offer).to_contain_text("1 more arrived")
    desk.send(12, "4")
    expect(desk.offer).to_contain_text("2 more arrived")
    assert (desk.shown(), desk.focused()) == (["1", "2"], "because")

    desk.rows["after"] = ["4", "3"]
    desk.page.get_by_role("button", name="Show them").click()
    expect(desk.offer).to_have_count(0)
    assert desk.asked == [{"theme": "homes", "after": "10"}]
    assert (desk.shown(), desk.focused()) == (["4", "3", "1", "2"], "4")


def test_a_row_is_shown_once_however_often_it_is_told_of(desk):
    for cursor, id in [(11, "3"), (11, "3"), (12, "3"), (13, "1"), (9, "5")]:
        desk.send(cursor, id)
    expect(desk.offer).to_contain_text("1 more arrived")
    desk.rows["after"] = ["3", "1"]
    desk.page.get_by_role("button", name="Show them").click()
    expect(desk.offer).to_have_count(0)
    assert desk.shown() == ["3", "1", "2"]


def test_news_of_another_kind_is_left_alone(desk):
    desk.send(11, "9", kind="commitment.created")
    desk.send(12, "3")
    expect(desk.offer).to_contain_text("1 more arrived")


def test_a_row_that_changed_is_drawn_anew_and_keeps_its_tick(desk):
    desk.page.check("#pick-2")
    desk.page.focus("#because")
    desk.rows["2"] = ["2"]
    desk.send(11, "2", kind="referral.changed")
    expect(desk.page.locator("[data-id='2'] h3")).to_have_text("Fresh")
    expect(desk.page.locator("[data-id='1'] h3")).to_have_text("Old")
    expect(desk.page.locator("#pick-2")).to_be_checked()
    assert (desk.shown(), desk.focused()) == (["1", "2"], "because")


def test_a_row_under_somebodys_hand_says_that_it_changed_and_waits(desk):
    desk.page.focus("#pick-1")
    desk.rows["1"] = ["1"]
    desk.send(11, "1", kind="referral.changed")
    button = desk.page.get_by_role("button", name="This changed. Show it")
    expect(button).to_be_visible()
    assert (desk.focused(), desk.asked) == ("pick-1", [])
    button.click()
    expect(desk.page.locator("[data-id='1'] h3")).to_have_text("Fresh")
    assert (desk.shown(), desk.focused()) == (["1", "2"], "1")


def test_a_row_that_is_gone_goes(desk):
    desk.send(11, "1", kind="referral.changed")
    expect(desk.page.locator("[data-id='1']")).to_have_count(0)
    assert desk.shown() == ["2"]


def test_a_lost_line_is_said_and_comes_back_from_where_it_was(desk):
    desk.send(11, "3")
    expect(desk.offer).to_contain_text("1 more arrived")
    desk.away = True
    desk.lines[-1].close(code=1012)
    expect(desk.state).to_have_text("Lost the line, trying again")
    desk.away = False
    expect(desk.state).to_have_text("Live")
    assert desk.since()[0] == "10"
    assert set(desk.since()[1:]) == {"11"}


def test_a_pause_stops_arrivals_and_loses_none(desk):
    desk.page.get_by_role("button", name="Pause new arrivals").click()
    expect(desk.state).to_have_text("Paused")
    desk.page.get_by_role("button", name="Pause new arrivals", pressed=True).click()
    expect(desk.state).to_have_text("Live")
    assert desk.since() == ["10", "10"]
    desk.send(11, "3")
    expect(desk.offer).to_contain_text("1 more arrived")


@pytest.mark.parametrize(
    ("code", "words", "leads_to"),
    [
        (4401, "You are signed out. Sign in again.", "/accounts/login/?next=%2Fboard%2F"),
        (4400, "This page is out of date. Load it again.", SITE + "/board/"),
    ],
)
def test_a_line_that_may_not_come_back_says_what_to_do(desk, code, words, leads_to):
    desk.lines[-1].close(code=code)
    link = desk.page.get_by_role("link", name=words)
    expect(link).to_have_attribute("href", leads_to)
    assert len(desk.lines) == 1


def test_a_reset_does_not_throw_away_what_somebody_is_writing(desk):
    desk.page.fill("#because", "Because the money")
    desk.send(4, "", kind="reset")
    expect(
        desk.page.get_by_role("link", name="This page is out of date. Load it again.")
    ).to_be_visible()
    assert desk.page.input_value("#because") == "Because the money"


def test_a_reset_loads_the_page_again_when_nothing_would_be_lost(desk):
    desk.page.evaluate("window.before = true")
    desk.send(4, "", kind="reset")
    desk.page.wait_for_function("!window.before")
    expect(desk.state).to_have_text("Live")
