"""What scripts add to pages that work without them, in a real Chromium."""

import pytest
from django.template import engines
from playwright.sync_api import expect

from heard.forms import Form, PlainText
from tests.frontend.pages import open_page

QUESTION = (
    "{% extends 'base_share.html' %}{% load heard %}{% block main %}{% error_summary form %}"
    "<form novalidate>{{ form }}</form>{% endblock %}"
)
RECEIPT = (
    "{% extends 'base_share.html' %}{% block main %}<h1>Thank you</h1>"
    "{% include 'components/receipt_number.html' with code='47180362995520417386' %}{% endblock %}"
)


class Story(Form):
    page_heading = True
    text = PlainText(label="What happened?", rows=5, limit=20, threshold=50)


@pytest.fixture
def opened(chromium, rf):
    """Opens a page written as a template, in a browser with or without scripts."""
    pages = []

    def opens(source, *, context=None, **options):
        html = engines["django"].from_string(source).render(context or {}, rf.get("/"))
        pages.append(open_page(chromium, html, **options))
        return pages[-1]

    yield opens
    for page in pages:
        page.context.close()


def test_characters_are_counted_when_they_run_out_and_never_refused(opened):
    page = opened(QUESTION, context={"form": Story()})
    said = page.locator(".govuk-character-count__status")
    page.fill("textarea", "a few")
    expect(said).to_be_hidden()
    expect(page.locator("#id_text-info")).to_be_in_viewport(ratio=1)
    page.fill("textarea", "a few more words")
    expect(said).to_have_text("Characters left: 4")
    assert page.locator("#id_text-info").bounding_box()["height"] == 1  # for screen readers only
    page.fill("textarea", "a few more words than fit")
    expect(said).to_have_text("Characters too many: 5")
    assert page.input_value("textarea") == "a few more words than fit"


def test_without_a_script_the_limit_is_said_in_words(opened):
    page = opened(QUESTION, context={"form": Story()}, java_script_enabled=False)
    expect(page.locator("#id_text-info")).to_have_text("You can write up to 20 characters")


def test_a_page_with_a_mistake_puts_the_reader_at_the_summary_and_its_links_in_the_box(opened):
    page = opened(QUESTION, context={"form": Story({"text": ""})})
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.get_by_role("link", name="Write a few words. This is empty.").click()
    expect(page.locator("textarea")).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False])
def test_exit_leaves_by_a_press(opened, scripts):
    page = opened(QUESTION, context={"form": Story()}, java_script_enabled=scripts)
    page.get_by_role("button", name="Emergency Exit this page").click()
    page.wait_for_url("https://www.bbc.co.uk/weather")


def test_exit_leaves_by_three_shifts_and_not_by_typing_capitals(opened):
    page = opened(QUESTION, context={"form": Story()})
    page.focus("textarea")
    for letter in "ABC":
        page.keyboard.press(f"Shift+{letter}")
    assert page.url.endswith("/share/")
    for _press in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("https://www.bbc.co.uk/weather")


def test_the_receipt_number_is_copied_and_that_is_said(opened):
    page = opened(RECEIPT, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the number").click()
    expect(page.get_by_role("status").filter(has_text="The number is copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == "4718 0362 9955 2041 7386"


def test_without_a_script_a_receipt_has_no_dead_button(opened):
    page = opened(RECEIPT, java_script_enabled=False)
    expect(page.locator(".hd-receipt button")).to_have_count(0)
    expect(page.locator(".hd-receipt__code")).to_have_text("4718 0362 9955 2041 7386")
