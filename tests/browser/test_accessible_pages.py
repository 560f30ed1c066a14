"""axe finds nothing and nothing scrolls sideways, on every page that stands by itself.

The sharing journey, the desks' states and the error states are looked at where tests/browser/test_thread.py and
test_states.py pass through them.
"""

import os

import pytest

from tests.browser.conftest import DESKTOP, NARROW, look_at

PUBLIC = [
    "/",
    "/share/",
    "/share/who-sees/",
    "/receipt/",
    "/themes/",
    "/themes/homes-housing/",
    "/changes/",
    "/changes/?theme=homes-housing",
    "/changes/?theme=work-employment&district=wigan",
    "/spaces/",
    "/help/",
    "/privacy/",
    "/accessibility/",
    "/house-rules/",
    "/contact/",
    "/about/",
    "/accounts/login/",
    "/accounts/login/code/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/nothing-is-here/",
]
SIGNED_IN = [
    ("resident", "/me/"),
    ("resident", "/board/"),
    ("moderator", "/me/"),
    ("moderator", "/moderation/"),
    ("moderator", "/moderation/?show=held"),
    ("board", "/board/"),
    ("board", "/board/decisions/"),
    ("lead", "/board/"),
    ("member", "/spaces/"),
    ("resident", "/accounts/email/"),
    ("resident", "/accounts/password/change/"),
    ("resident", "/accounts/2fa/"),
    ("resident", "/accounts/logout/"),
]
# Light and dark have the same markup and differ in colour only, so a quick run looks at one of them.
SCHEMES = ["light", "dark"] if os.environ.get("HEARD_TEST_WHOLE") == "yes" else ["dark"]
TRANSLATED = ["/share/", "/share/before/", "/share/what-happened/", "/share/who-sees/", "/receipt/"]


@pytest.mark.parametrize("address", PUBLIC)
@pytest.mark.parametrize("scheme", SCHEMES)
def test_public_pages(people, address, scheme):
    page = people.open(viewport=NARROW, color_scheme=scheme)
    page.goto(address)
    look_at(page)


@pytest.mark.parametrize(("person", "address"), SIGNED_IN)
def test_pages_of_people_who_signed_in(people, person, address):
    page = people.open(person, viewport=NARROW)
    page.goto(address)
    look_at(page)


@pytest.mark.parametrize("address", TRANSLATED)
@pytest.mark.parametrize("language", ["ur", "ar"])
def test_pages_from_right_to_left(people, address, language):
    page = people.open(viewport=NARROW, locale=language)
    page.goto("/share/before/")
    page.goto(address)
    assert page.locator("html").get_attribute("dir") == "rtl"
    assert page.locator("html").get_attribute("lang") == language
    look_at(page)


@pytest.mark.parametrize("address", ["/", "/share/", "/receipt/", "/themes/", "/changes/"])
def test_no_page_asks_another_host_for_anything(people, site, address):
    page = people.open(viewport=DESKTOP)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert len(asked) > 2
    assert [url for url in asked if not url.startswith((site.url, "data:"))] == []


@pytest.mark.parametrize("address", ["/", "/share/", "/board/", "/moderation/"])
def test_no_page_says_anything_on_the_console(people, address):
    page = people.open("moderator" if "moderation" in address else "board")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    page.wait_for_timeout(300)
    assert said == []
