"""What a resident wrote stays sealed: looked for in every answer and row that others could reach."""

import json

import pytest
from django.apps import apps
from django.core import serializers as rows

from engagement.routing import services
from engagement.routing.models import Referral
from engagement.themes.models import ThemeLead
from heard.notifications.models import Notification
from tests.factories import ExperienceFactory, RouteFactory, UserFactory

RAW = "Zanzibarra"
TOLD = "The walls are damp"
ADDRESSES = [
    "/", "/board/", "/changes/", "/themes/", "/spaces/", "/search/?q=Zanzibarra", "/me/", "/moderation/",
    "/api/v1/referrals/", "/api/v1/referrals/?q=Zanzibarra", "/api/v1/insights/", "/api/v1/decisions/",
    "/api/v1/responses/", "/api/v1/notifications/?since=0", "/api/v1/themes/", "/cms/",
]  # fmt: skip


@pytest.fixture
def cleared(amir, board, homes, homes_to_board, sol):
    ThemeLead.objects.create(theme=homes, person=sol)
    RouteFactory(name="Leads", to="leads")
    experience = ExperienceFactory(
        text=f"{TOLD}. I am {RAW}.", better=f"Tell {RAW}.", consents=["insight", "quote"]
    )
    services.clear_experience(
        experience=experience,
        by=amir,
        themes=[homes],
        text=f"{TOLD}. I am [name removed].",
        better="Tell [name removed].",
    )
    return experience


def test_the_board_and_the_leads_can_read_what_was_cleared(client, bea, sol, cleared):
    for person in (bea, sol):
        client.force_login(person)
        assert TOLD in client.get("/api/v1/referrals/").content.decode()


def test_nobody_finds_the_raw_words_on_any_page_or_answer(client, cleared, bea, sol, rosa, amir):
    people = [None, bea, sol, rosa, amir, UserFactory(roles=["manager", "editor"], is_staff=True)]
    mine = [f"/api/v1/referrals/{row.pk}/" for row in Referral.objects.all()]
    mine += [f"/moderation/experience/{cleared.reference}/"]
    for person in people:
        client.logout()
        if person:
            client.force_login(person)
        for address in [*ADDRESSES, *mine]:
            body = client.get(address, follow=True).content.decode()
            assert RAW not in body.replace("q=Zanzibarra", "").replace('value="Zanzibarra"', ""), (
                address
            )


def test_no_event_holds_a_word_or_a_name_of_what_somebody_wrote(cleared):
    events = json.dumps(list(Notification.objects.values("audience", "kind", "object_id", "url")))
    for words in (RAW, TOLD, cleared.reference, str(cleared.pk)):
        assert words not in events


def test_the_raw_words_lie_in_one_row_and_nowhere_else_in_the_database(cleared):
    held = {
        model._meta.label
        for model in apps.get_models()
        if RAW in rows.serialize("json", model._default_manager.all())
    }
    assert held == {"experiences.Experience"}
