"""Home, the themes and the pages of plain words, as anyone sees them."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from engagement.board.models import Decision, DecisionKind, Insight
from engagement.experiences.models import Experience, Purpose, State
from engagement.experiences.services import withdraw
from engagement.responses.models import Outcome, Quote, Response
from engagement.routing.models import Matter
from engagement.themes.models import Theme
from heard.accounts.models import Role
from heard.cms.services import programme_board
from heard.spaces.models import SpacesPage, Visibility
from tests import factories

pytestmark = pytest.mark.django_db

WORDS = "The window does not open. He held a leaflet about opening windows."
INFORMATION = ["help", "privacy", "accessibility", "house-rules", "contact", "report", "about"]


@pytest.fixture
def site(db):
    """The programme and its pages, as `load_programme` makes them."""
    call_command("load_programme", verbosity=0)
    return programme_board()


@pytest.fixture
def homes(site):
    return Theme.objects.get(slug="homes-housing")


@pytest.fixture
def answered(site, homes):
    """Somebody's experience of damp, and the board's published answer that quotes them."""
    experience = factories.ExperienceFactory(
        text=WORDS, cleared_text=WORDS, state=State.ANSWERED, queued=False,
        consents=[Purpose.INSIGHT, Purpose.QUOTE],
    )  # fmt: skip
    matter = Matter.objects.create(kind="experience", reference=experience.reference, title="Damp")
    matter.themes.add(homes)
    insight = Insight.objects.create(board=site, title="Blamed for damp")
    insight.matters.add(matter)
    decision = Decision.objects.create(insight=insight, kind=DecisionKind.ASK, reason="It is fair.")
    response = Response.objects.create(
        decision=decision, title="A named person answers about mould", heard="Blamed for damp.",
        reason="It is fair.", next_step="A visit within five days.", outcome=Outcome.MADE,
    )  # fmt: skip
    response.themes.add(homes)
    response.experiences.add(experience)
    Quote.objects.create(response=response, experience=experience, start=0, end=25)
    return experience


def page(client, address, **kwargs):
    response = client.get(address, **kwargs)
    assert response.status_code == 200
    return response.content.decode()


def test_home_leads_to_sharing_the_themes_and_the_answers(client, site, answered):
    html = page(client, "/")
    assert 'href="/share/"' in html
    for theme in Theme.objects.current():
        assert f'href="{theme.get_absolute_url()}"' in html
    assert "A named person answers about mould" in html
    assert "“The window does not open.”" in html
    assert "under 5" in html


def test_home_is_whole_before_anything_was_heard(client, site):
    html = page(client, "/")
    assert "No answer is published yet" in html
    assert "You say it" in html


@pytest.mark.parametrize("slug", INFORMATION)
def test_a_page_of_plain_words_has_one_heading_and_says_its_language(client, site, slug):
    html = page(client, f"/{slug}/")
    assert html.count("<h1") == 1
    assert '<article class="hd-flow hd-prose" lang="en" dir="ltr">' in html


def test_every_theme_has_a_page_and_an_unknown_one_has_none(client, site):
    for theme in Theme.objects.current():
        assert theme.title in page(client, theme.get_absolute_url())
    assert client.get("/themes/no-such-theme/").status_code == 404
    assert client.get("/themes/homes-housing/more/").status_code == 404


def test_a_theme_says_what_was_heard_what_changed_and_what_was_promised(client, answered):
    html = page(client, "/themes/homes-housing/")
    assert "The window does not open." in html
    assert "A named person answers about mould" in html
    assert "Private rented standards" in html
    assert "fewer than 5 people" in html


def test_a_theme_shows_nothing_of_other_themes(client, answered):
    html = page(client, "/themes/work-employment/")
    assert "The window does not open." not in html
    assert "A named person answers about mould" not in html


def test_a_quote_that_was_taken_back_is_on_no_page(client, answered):
    withdraw(experience=answered, purposes=[Purpose.QUOTE])
    for address in ("/", "/themes/homes-housing/", "/themes/"):
        assert "The window does not open" not in page(client, address)


def test_words_that_nobody_quoted_are_on_no_page(client, answered):
    Quote.objects.all().delete()
    for address in ("/", "/themes/homes-housing/", "/themes/"):
        assert "The window does not open" not in page(client, address)


def test_people_are_counted_in_fives_up_to_last_sunday(client, homes):
    monday = timezone.localdate() - timedelta(days=timezone.localdate().weekday())
    for number in range(13):
        matter = Matter.objects.create(
            kind="experience", reference=f"HD-{number}", title="Damp",
            raised_on=monday - timedelta(days=1) if number < 12 else monday,
        )  # fmt: skip
        matter.themes.add(homes)
    assert "about 10 people" in page(client, "/themes/homes-housing/")


@pytest.mark.parametrize("address", ["/", "/themes/", "/themes/homes-housing/", "/spaces/"])
def test_a_page_asks_as_often_for_many_rows_as_for_few(
    client, site, homes, address, django_assert_max_num_queries
):
    def fill(number):
        insight = Insight.objects.create(board=site, title="Damp")
        for _ in range(number):
            decision = Decision.objects.create(insight=insight, kind="note", reason="Because.")
            response = Response.objects.create(
                decision=decision, title="Answer", heard="x", reason="x", next_step="x",
                outcome=Outcome.NONE,
            )  # fmt: skip
            response.themes.add(homes)
            Experience.objects.create(reference=f"HD-{decision.pk}", text="x", state=State.CLEARED)
        for _ in range(number):
            factories.SpaceFactory(parent=SpacesPage.objects.get(), visibility=Visibility.OPEN)

    fill(3)
    client.get(address)  # what is read once and kept
    with django_assert_max_num_queries(30) as few:
        client.get(address)
    fill(20)
    with django_assert_max_num_queries(len(few)):
        client.get(address)


def test_a_signed_in_moderator_sees_the_way_to_their_desk_and_a_resident_does_not(client, site):
    client.force_login(factories.UserFactory(moderator=True))
    assert 'href="/moderation/"' in page(client, "/")
    client.force_login(factories.UserFactory())
    html = page(client, "/")
    assert 'href="/moderation/"' not in html
    assert 'href="/board/"' not in html
    assert 'href="/me/"' in html


def test_an_answer_for_somebody_without_a_session_asks_nothing_about_who_they_are(
    client, site, django_assert_num_queries
):
    html = page(client, "/help/")
    assert 'href="/me/"' not in html
    assert "sessionid" not in client.cookies
    assert "heard" not in client.cookies


class TestWagtailsOwnPages:
    def test_its_sign_in_is_ours(self, client, site):
        for address in ("/cms/", "/cms/login/", "/cms/pages/"):
            response = client.get(address, follow=True)
            assert response.redirect_chain[-1][0].startswith("/accounts/login/?next=/cms/")

    def test_it_never_sends_anyone_elsewhere_after_sign_in(self, client, site):
        response = client.get("/cms/login/?next=https://elsewhere.example/")
        assert response["Location"] == "/accounts/login/?next=/cms/"

    def test_somebody_signed_in_who_may_not_edit_is_told_so(self, client, site):
        client.force_login(factories.UserFactory())
        assert client.get("/cms/", follow=True).status_code == 403

    def test_an_editor_gets_in(self, client, site):
        from heard.accounts.services import give_role

        editor = factories.UserFactory()
        give_role(person=editor, role=Role.EDITOR)
        client.force_login(editor)
        assert client.get("/cms/").status_code == 200
