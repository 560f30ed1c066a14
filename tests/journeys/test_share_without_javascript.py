"""A whole story without a script: told over two days, sent, answered by a moderator, and taken back.

Rosa only ever follows links and presses buttons that are on the page she is on.
"""

from html import unescape

import pytest
from django.test import Client

from engagement.experiences import services
from engagement.experiences.models import Experience, State
from tests.engagement.experiences.conftest import forms_in
from tests.factories import DistrictFactory, ThemeFactory

WORDS = "Our boiler broke in November.\nI rang the agency eleven times. <b>O'Brien</b> said no."
pytestmark = [pytest.mark.django_db, pytest.mark.journey]


class Browser:
    """A browser without scripts: one page at a time."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.page = None

    @property
    def html(self) -> str:
        return self.page.content.decode()

    def open(self, address: str) -> None:
        self._show(self.client.get(address))

    def follow(self, words: str) -> None:
        """The link with these words."""
        before = self.html.split(f">{words}<")[0]
        self.open(unescape(before.rsplit('href="', 1)[1].split('"')[0]))

    def press(self, form: str = "", **fields) -> None:
        """The button of the form with this action (or of the page's own), with these answers."""
        found = next(one for one in forms_in(self.page) if one["action"] == form)
        address = form or self.page.request["PATH_INFO"]
        query = self.page.request["QUERY_STRING"]
        if query and not form:
            address = f"{address}?{query}"
        self._show(self.client.post(address, {**found["fields"], **fields}))

    def _show(self, response) -> None:
        while response.status_code in (301, 302, 303):
            response = self.client.get(response.url.split("#")[0])
        assert response.status_code == 200, (response.status_code, response.request["PATH_INFO"])
        self.page = response


def test_a_story_is_told_sent_answered_and_taken_back(amir):
    homes = ThemeFactory(slug="homes-housing", number=5, short="Homes", keywords=["boiler"])
    ThemeFactory(slug="work-employment", number=3, short="Work", keywords=["job"])
    DistrictFactory(slug="oldham")
    rosa = Browser()

    # She begins, writes, and needs to rest.
    rosa.open("/share/")
    rosa.follow("Start")
    assert "Is it safe for you to write here now?" in rosa.html
    rosa.press()
    rosa.press(text=WORDS)
    rosa.press(about="me", save="1")
    number = rosa.page.context["receipt"]
    rosa.press("/share/finish/")

    # The next day, on another device.
    rosa = Browser()
    rosa.open("/receipt/")
    rosa.press("/receipt/", receipt=number)
    rosa.press("/receipt/go-on/")
    assert rosa.page.request["PATH_INFO"] == "/share/better/"
    rosa.press(better="One person to ring.")
    rosa.press(district="oldham")
    rosa.press(themes=["homes-housing"])
    rosa.press(consent_insight="yes")
    rosa.press(consent_quote="yes")
    rosa.press(consent_share="no")
    rosa.press(consent_research="no")
    rosa.press(consent_contact="no")
    rosa.press(equality_age="rather-not")
    assert rosa.page.request["PATH_INFO"] == "/share/check/"
    assert "O&#x27;Brien" in rosa.html

    # She changes one thing, and sends it.
    rosa.open("/share/better/?change=1")
    rosa.press(better="One person to ring, who keeps a note.")
    rosa.press()
    assert rosa.page.context["receipt"] == number
    kept = Experience.objects.get()
    assert (kept.text, kept.better) == (WORDS, "One person to ring, who keeps a note.")
    assert services.consents_of([kept])[kept.pk] == {"insight", "quote"}
    assert kept.tags.get(provenance="resident").theme == homes
    rosa.press("/share/finish/")

    # A moderator asks; she answers by her receipt.
    services.ask(experience=kept, by=amir, text="May we leave out the name?")
    rosa = Browser()
    rosa.open("/receipt/")
    rosa.press("/receipt/", receipt=number)
    assert "May we leave out the name?" in rosa.html
    rosa.press("/receipt/story/reply/", message="Yes, please do.")
    assert "Yes, please do." in rosa.html

    # She takes it back.
    rosa.follow("Take something back")
    rosa.press(what="everything")
    assert "This is what it means:" in rosa.html
    rosa.press("/receipt/story/withdraw/", sure="yes")
    assert "Your words are erased." in rosa.html
    kept.refresh_from_db()
    assert (kept.state, kept.text) == (State.WITHDRAWN, "")
    rosa.press("/receipt/close/")
    rosa.open("/receipt/story/")
    assert "Your receipt was closed" in rosa.html
