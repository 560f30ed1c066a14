"""The main job, in a real Chromium: Rosa shares, a moderator clears, the board's open desk shows it at once, the board
decides with a reason, and Rosa reads the answer. For Rosa with and without JavaScript.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NARROW, look_at

pytestmark = pytest.mark.journey

WORDS = (
    "The lift in our block has been broken since spring, so my mum has not been out. "
    "I ring the landlord each week and nobody writes it down. My number is 07700 900123."
)
REASON = "The landlord has promised repairs before. We want it in writing, with a date."


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def share(page: Page, words: str = WORDS, *, looked_at: bool = False) -> tuple[str, str]:
    """Walks the whole journey as a resident would; returns the receipt number and the reference."""

    def look() -> None:
        if looked_at:
            look_at(page)

    page.goto("/share/")
    page.get_by_role("link", name="Start", exact=True).click()
    look()
    page.get_by_role("button", name="I am safe to write").click()
    page.fill("[name=text]", words)
    look()
    go_on(page)
    page.check("[name=about][value=someone]")
    look()
    go_on(page)
    page.fill("[name=better]", "Someone who rings back.")
    look()
    go_on(page)
    page.select_option("[name=district]", "oldham")
    look()
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("What is it about?")
    expect(page.locator("input[name=themes][value=homes-housing]")).to_be_checked()
    look()
    go_on(page)
    for purpose, yes in (("insight", True), ("quote", True), ("share", False), ("research", False)):
        page.check(f"[name=consent_{purpose}][value={'yes' if yes else 'no'}]")
        look()
        go_on(page)
    page.check("[name=consent_contact][value=yes]")
    go_on(page)
    page.fill("[name=email]", "rosa@heard.test")
    look()
    go_on(page)
    look()
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Check what you wrote")
    expect(page.locator("main")).to_contain_text("nobody writes it down")
    look()
    page.get_by_role("button", name="Send it to Heard").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("We have your words")
    look()
    digits = re.sub(r"\D", "", page.locator(".hd-receipt").inner_text())
    assert len(digits) == 20
    assert digits not in page.url
    reference = re.search(r"HD-[0-9A-Z]{4}-[0-9A-Z]{2}", page.locator("main").inner_text())
    assert reference
    return digits, reference[0]


def open_receipt(page: Page, digits: str) -> None:
    page.goto("/receipt/")
    page.fill("[name=receipt]", f"{digits[:4]} {digits[4:8]}-{digits[8:]}")
    page.get_by_role("button", name="Open", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What happened to what you shared")


def clear(page: Page, reference: str) -> None:
    """The moderator takes the number out, confirms the theme and passes it on."""
    page.goto(f"/moderation/experience/{reference}/")
    look_at(page)
    note = page.locator("details.hd-note:not([open]) > summary")
    if note.count():
        note.first.click()
    cleaned = WORDS.replace("07700 900123", "[phone number removed]")
    page.fill("[name=text]", cleaned)
    page.fill("[name=title]", "A broken lift, and nobody writes it down")
    page.get_by_role("button", name="Clear", exact=False).first.click()
    expect(page.locator("body")).not_to_contain_text("Error:")


@pytest.mark.parametrize("script", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_from_the_story_to_the_answer(people, script):
    board = people.open("board")
    board.goto("/board/")
    expect(board.locator("#id_referral_0")).to_be_attached()
    shown = board.locator("#id_referral_0 [data-id]").count()

    # axe is a script: it looks at Rosa's pages where scripts run, and the pages are the same.
    look_at_rosas = look_at if script else (lambda page: None)
    rosa = people.open(script=script, viewport=NARROW)
    digits, reference = share(rosa, looked_at=script)
    open_receipt(rosa, digits)
    look_at_rosas(rosa)

    moderator = people.open("moderator")
    clear(moderator, reference)

    # Nobody touched the board's page: it says so by itself, and shows the row when asked.
    arrived = board.locator("[data-arrived]").first
    expect(arrived).to_contain_text("arrived")
    look_at(board)
    arrived.get_by_role("button").click()
    expect(board.locator("#id_referral_0 [data-id]")).to_have_count(shown + 1)
    row = board.locator("#id_referral_0 [data-id]").first
    expect(row).to_contain_text("A broken lift")
    row.get_by_role("link").first.click()
    expect(board.locator("main")).to_contain_text("[phone number removed]")
    expect(board.locator("body")).not_to_contain_text("07700")
    look_at(board)

    board.goto("/board/")
    board.locator("#id_referral_0 [data-id]").first.locator("[name=referral]").check()
    board.fill("[name=title]", "Broken lifts keep people in")
    board.get_by_role("button", name="Group them").click()
    expect(board.get_by_role("heading", level=1)).to_contain_text("Broken lifts")

    # A decision cannot be saved without a reason, and what was typed stays.
    board.check("[name=kind][value=ask]")
    board.fill("[name=partner]", "The landlord")
    board.get_by_role("button", name="Record the decision").click()
    expect(board.locator("main")).to_contain_text("Give a reason.")
    expect(board.locator("[name=partner]")).to_have_value("The landlord")
    look_at(board)
    board.fill("[name=reason]", REASON)
    board.fill("[name=next_step]", "We ask them to answer by the end of the month.")
    board.get_by_role("button", name="Record the decision").click()
    expect(board.locator("main")).to_contain_text(REASON)

    rosa.goto("/receipt/story/")
    expect(rosa.locator("main")).to_contain_text(REASON)
    look_at_rosas(rosa)

    board.get_by_role("link", name=re.compile("Write the answer")).click()
    look_at(board)
    board.fill("[name=title]", "The landlord was asked to mend the lifts")
    board.check("[name=outcome][value=planned]")
    board.fill("[name=heard]", "People cannot leave home when a lift is broken.")
    board.fill("[name=reason]", REASON)
    board.fill("[name=next_step]", "An answer in writing, by the end of the month.")
    board.get_by_role("button", name="Publish the answer").click()
    expect(board.get_by_role("heading", level=1)).to_be_visible()

    rosa.goto("/receipt/story/")
    expect(rosa.locator("main")).to_contain_text("The landlord was asked to mend the lifts")
    stranger = people.open()
    stranger.goto("/changes/?theme=homes-housing")
    expect(stranger.locator("main")).to_contain_text("The landlord was asked to mend the lifts")
    look_at(stranger)
    expect(stranger.locator("body")).not_to_contain_text("07700")


def test_exit_works_on_every_step_and_back_shows_nothing(people, site):
    page = people.open(viewport=NARROW)
    page.route(
        re.compile("bbc.co.uk"),
        lambda route: route.fulfill(body="<h1>Weather</h1>", content_type="text/html"),
    )
    page.goto("/share/before/")
    page.get_by_role("button", name="I am safe to write").click()
    page.fill("[name=text]", "a canary that nobody may find again")
    go_on(page)
    page.get_by_role("button", name=re.compile("Exit this page")).first.click()
    page.wait_for_url(re.compile("bbc.co.uk"))
    page.go_back()
    page.wait_for_load_state()
    assert "a canary that nobody" not in page.content()
    page.goto("/share/what-happened/")
    assert "a canary that nobody" not in page.content()


def test_a_lost_line_is_shown_and_what_was_missed_arrives_when_it_is_back(people, site):
    board = people.open("board")
    board.goto("/board/")
    live = board.locator(".hd-live").first
    expect(live).to_contain_text("Live")
    site.stop()
    expect(live).to_contain_text("Lost the line", timeout=15_000)
    look_at(board)
    site.start()
    _digits, reference = share(people.open())
    clear(people.open("moderator"), reference)
    expect(board.locator("[data-arrived]").first).to_contain_text("arrived", timeout=45_000)
    expect(live).to_contain_text("Live")
