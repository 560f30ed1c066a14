"""A person at a browser without scripts: the journey's pages, form by form."""

import time
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from engagement.experiences import journey, story
from heard import limits

WORDS = "Our boiler broke in November. I rang the agency eleven times."


class _Forms(HTMLParser):
    """What a browser would send: each form's action and its fields as they stand."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict] = []
        self._textarea: str | None = None

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.forms.append({"action": given.get("action", ""), "fields": {}})
        elif tag == "textarea":
            self._textarea = given.get("name")
        elif tag == "input" and self.forms and given.get("name"):
            if given.get("type") in {"radio", "checkbox"} and "checked" not in given:
                return
            self.forms[-1]["fields"].setdefault(given["name"], []).append(given.get("value", ""))

    def handle_data(self, data):
        if self._textarea:
            fields = self.forms[-1]["fields"]
            fields[self._textarea] = [fields.get(self._textarea, [""])[0] + data]

    def handle_endtag(self, tag):
        if tag == "textarea" and self._textarea:
            words = self.forms[-1]["fields"].get(self._textarea, [""])[0]
            self.forms[-1]["fields"][self._textarea] = [words.removeprefix("\n")]
            self._textarea = None


def forms_in(response) -> list[dict]:
    """The forms of a page, in order."""
    parser = _Forms()
    parser.feed(response.content.decode())
    return parser.forms


class Teller:
    """Somebody who tells their story: a client, and shortcuts for the pages."""

    def __init__(self, prefix: str = "/share/") -> None:
        # What a browser sees of an error is its page.
        self.client = Client(raise_request_exception=False)
        self.prefix = prefix

    @property
    def key(self) -> str:
        """The key that this browser holds."""
        request = type(
            "Request", (), {"COOKIES": {k: v.value for k, v in self.client.cookies.items()}}
        )
        held = story.read(request)
        return held.key if held else ""

    def begin(self):
        """Past the page that comes first."""
        return self.client.post(f"{self.prefix}before/")

    def get(self, page: str, **extra):
        return self.client.get(f"{self.prefix}{page}/", **extra)

    def answer(self, page: str, **fields):
        return self.client.post(f"{self.prefix}{page}/", fields)

    def tell(self, text: str = WORDS, **answers):
        """From the start to the check page. `answers` by page: who={"about": "me"}."""
        self.begin()
        page = journey.WORDS
        response = self.answer(page, text=text)
        while not response.url.endswith("/check/"):
            page = response.url.removeprefix(self.prefix).strip("/")
            response = self.answer(page, **answers.get(page.replace("-", "_"), {}))
        return self.get("check")

    def send(self):
        """Press the last button, with what the page holds."""
        page = self.get("check")
        fields = next(form["fields"] for form in forms_in(page) if not form["action"])
        return self.client.post(f"{self.prefix}check/", fields)


@pytest.fixture(autouse=True)
def _fresh_limits(monkeypatch):
    """What one test sent does not slow the next, and no minute ends in the middle of one."""
    cache.clear()
    now = time.time()
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: now))


@pytest.fixture
def teller(db):
    return Teller()


@pytest.fixture
def receipt_of():
    """The receipt number that a page shows."""

    def read(response) -> str:
        return response.context["receipt"]

    return read


@pytest.fixture
def database_away(django_db_blocker):
    """The database really cannot be reached: its file, or its port, is not there."""
    with django_db_blocker.unblock():
        connection.close()
        if getattr(connection, "pool", None):
            connection.close_pool()
        kept = connection.settings_dict.copy()
        if connection.vendor == "sqlite":
            connection.settings_dict["NAME"] = "/nowhere/at/all.sqlite3"
        else:
            options = {k: v for k, v in kept["OPTIONS"].items() if k != "pool"}
            connection.settings_dict |= {"HOST": "127.0.0.1", "PORT": "1", "OPTIONS": options}
        yield
        connection.settings_dict.clear()
        connection.settings_dict.update(kept)
        connection.close()
