"""The frame of every page, and the pages that are shown when something went wrong."""

import re

import html5lib
import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from tests.frontend.test_forms import Story

STORY = "Our <b>boiler</b> broke.\nNobody came & nobody rang."
KEPT = [
    {"name": "text", "value": STORY, "label": "What happened?"},
    {"name": "better", "value": "one person to ring"},
    {"name": "about", "value": "me"},
]


@pytest.fixture
def request_(rf: RequestFactory):
    """Somebody's visit to a question."""
    return rf.get("/share/what/?a=1")


def parsed(html):
    """The page as a tree, which a browser would build of it without repairing anything."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(html)
    assert parser.errors == [], [(where, what) for where, what, _more in parser.errors]
    return tree


def title(html):
    return parsed(html).find("head/title").text


def page(source, request, **context):
    return engines["django"].from_string(source).render(context, request)


def test_a_title_says_page_section_and_service(request_):
    html = page(
        "{% extends 'base_share.html' %}{% block title %}What happened?{% endblock %}", request_
    )
    assert title(html) == "What happened? - Share your experience - Heard"


def test_an_error_is_said_first_in_the_title(request_):
    source = "{% extends 'base.html' %}{% block title %}What happened?{% endblock %}"
    assert (
        title(page(source, request_, form=Story({"text": ""}))) == "Error: What happened? - Heard"
    )
    assert title(page(source, request_, form=Story())) == "What happened? - Heard"


def test_a_page_in_urdu_runs_from_right_to_left_and_says_who_has_not_checked_it(request_):
    with translation.override("ur"):
        tree = parsed(page("{% extends 'base_share.html' %}", request_))
    assert (tree.get("lang"), tree.get("dir")) == ("ur", "rtl")
    assert any("hd-notice--slim" in (element.get("class") or "") for element in tree.iter("div"))


def test_a_page_in_english_has_no_such_notice(request_):
    assert "hd-notice--slim" not in page("{% extends 'base_share.html' %}", request_)


def test_a_page_loads_nothing_from_elsewhere_and_has_no_script_or_style_inside(request_):
    for base in ("base.html", "base_share.html", "base_desk.html"):
        tree = parsed(page(f"{{% extends '{base}' %}}", request_))
        for element in tree.iter():
            if not isinstance(element.tag, str):
                continue
            assert element.get("style") is None
            assert element.tag != "style"
            if element.tag in {"script", "link", "img"}:
                assert (element.get("src") or element.get("href")).startswith("/static/")
            assert not [name for name in element.attrib if str(name).startswith("on")]


def test_each_language_is_offered_by_its_own_name_and_keeps_the_page(request_):
    tree = parsed(page("{% extends 'base.html' %}", request_))
    buttons = {
        button.get("lang"): button.text for button in tree.iter("button") if button.get("lang")
    }
    assert buttons == {"en-gb": "English", "ur": "اردو", "ar": "العربيّة"}
    assert [box.get("value") for box in tree.iter("input") if box.get("name") == "next"] == [
        "/share/what/?a=1"
    ]


def test_every_page_of_the_sharing_journey_can_be_left_at_once(request_):
    tree = parsed(page("{% extends 'base_share.html' %}", request_))
    exits = [
        link
        for link in tree.iter("a")
        if "govuk-exit-this-page__button" in (link.get("class") or "")
    ]
    assert len(exits) == 1
    assert "Emergency Exit this page" in " ".join("".join(exits[0].itertext()).split())


class Nobody:
    """Somebody whose session and account cannot be looked up."""

    def __getattr__(self, name):
        raise AssertionError(f"the page asked who is signed in: {name}")


@pytest.mark.parametrize(
    "name",
    ["400.html", "403.html", "404.html", "429.html", "500.html", "503.html", "csrf_failure.html"],
)
def test_a_page_of_trouble_asks_nothing_of_the_database_or_of_who_is_signed_in(name, request_):
    request_.user = request_.session = Nobody()
    # No test here may use the database, so a query would fail.
    html = render_to_string(name, {"kept": KEPT}, request_)
    assert len(list(parsed(html).iter("h1"))) == 1


@pytest.mark.parametrize("name", ["400.html", "403.html", "404.html", "500.html", "503.html"])
def test_a_page_of_trouble_needs_no_context(name):
    assert title(render_to_string(name)).endswith(" - Heard")


@pytest.mark.parametrize("name", ["503.html", "csrf_failure.html", "429.html"])
def test_what_was_written_is_given_back_whole_and_can_be_sent_again(name, rf):
    tree = parsed(render_to_string(name, {"kept": KEPT}, rf.post("/share/what/")))
    form = next(form for form in tree.iter("form") if form.get("action") == "/share/what/")
    shown = {area.get("name"): area.text for area in form.iter("textarea")}
    hidden = {box.get("name"): box.get("value") for box in form.iter("input")}
    assert shown == {"text": STORY, "better": "one person to ring"}
    assert hidden["about"] == "me"
    assert hidden["csrfmiddlewaretoken"]
    assert form.get("method") == "post"


def test_the_page_that_could_not_save_says_so(rf):
    html = render_to_string("503.html", {"kept": KEPT}, rf.post("/share/what/"))
    assert title(html) == "Not saved: we are having trouble - Heard"
    assert "Nothing was sent" in html


def test_a_receipt_number_can_be_marked_and_read(request_):
    source = "{% include 'components/receipt_number.html' with code='47180362995520417386' %}"
    html = page(source, request_)
    assert re.findall(r"<span>(\d+)</span>", html) == ["4718", "0362", "9955", "2041", "7386"]
    assert 'dir="ltr"' in html


def test_an_e_mail_has_two_whole_halves_and_names_nothing():
    context = {
        "button_url": "https://heard.example/receipt/",
        "stop_url": "https://heard.example/stop/",
    }
    html, text = (
        render_to_string("email/base.html", context),
        render_to_string("email/base.txt", context),
    )
    parsed(html)
    for half in (html, text):
        assert context["button_url"] in half
        assert context["stop_url"] in half
        assert "999" in half
