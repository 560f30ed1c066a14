"""The demo: what it holds, that it may be loaded again, and that its people can sign in."""

import stat

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.test import override_settings

from engagement.board.models import Decision, Insight
from engagement.experiences.models import Consent, Contact, Experience, Purpose, State, Step
from engagement.experiences.services import find_by_receipt
from engagement.responses.models import Quote, Response
from engagement.routing.models import Referral
from engagement.themes.models import District, Theme
from heard.accounts.models import User
from heard.demo.people import PEOPLE, demo_password
from heard.demo.services import load_demo, walk_receipt
from heard.demo.stories import stories
from heard.moderation.models import QueueItem, Urgency
from heard.spaces.models import Group, Visibility
from heard.spaces.permissions import may_know_of

pytestmark = pytest.mark.django_db

PASSWORD = "a password for the demo"


@pytest.fixture(autouse=True)
def _password(monkeypatch):
    monkeypatch.setenv("HEARD_DEMO_PASSWORD", PASSWORD)


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker):
    """The demo, loaded once for this file; each test takes back what it changed, and this the rest."""
    hashing = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with django_db_blocker.unblock(), hashing, transaction.atomic():
        yield load_demo(PASSWORD)
        transaction.set_rollback(True)


def rows() -> dict[str, int]:
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.app_label in {
            "accounts", "spaces", "themes", "experiences", "routing", "board", "responses",
            "moderation", "cms", "account", "notifications",
        }
    }  # fmt: skip


def test_the_whole_thread_is_there(demo):
    assert demo == len(stories()) == Experience.objects.count() == 45
    assert set(Experience.objects.values_list("state", flat=True)) == {
        State.RECEIVED,
        State.CLEARED,
        State.ANSWERED,
    }
    assert Insight.objects.count() == 4
    assert {decision.kind for decision in Decision.objects.all()} == {"ask", "endorse", "decline"}
    assert Response.objects.count() == 3
    assert Referral.objects.filter(board__isnull=False).count() == 35
    assert Referral.objects.filter(theme__isnull=False).exists()


def test_its_voices_come_from_everywhere_and_in_several_languages(demo):
    districts = Experience.objects.values_list("district__slug", flat=True)
    assert set(districts) >= set(District.objects.values_list("slug", flat=True))
    languages = set(Experience.objects.values_list("language", flat=True))
    assert languages == {"en", "ur", "ar", "pl", "bn", "so"}
    for theme in Theme.objects.current():
        assert Experience.objects.filter(tags__theme=theme, tags__confirmed=True).exists()


def test_what_waits_has_someone_in_danger_first_and_one_who_did_not_agree(demo):
    queue = list(QueueItem.objects.in_order())
    assert queue[0].urgency == Urgency.DANGER
    waiting = Experience.objects.filter(reference__in=[item.object_id for item in queue])
    assert waiting.exclude(
        pk__in=Consent.objects.filter(purpose=Purpose.INSIGHT).values("experience")
    ).exists()


def test_only_people_who_agreed_are_quoted_and_names_are_taken_out(demo):
    assert Quote.objects.count() == 7
    for quote in Quote.objects.select_related("experience"):
        assert quote.experience.consents.filter(purpose=Purpose.QUOTE).exists()
    assert Experience.objects.filter(text__contains="Kevin Marsh").count() == 1
    assert not Experience.objects.filter(cleared_text__contains="Kevin Marsh").exists()


def test_nothing_happened_today_and_everything_in_its_order(demo):
    for experience in Experience.objects.filter(state=State.ANSWERED):
        days = list(experience.steps.values_list("happened_on", flat=True))
        assert days == sorted(days)
        assert days[0] == experience.shared_on
    newest = list(Response.objects.order_by("id").values_list("published_on", flat=True))
    assert newest == sorted(newest)


def test_loading_again_makes_the_same_rows(demo):
    before = rows()
    assert load_demo(PASSWORD) == 0
    assert rows() == before


def test_what_was_done_in_the_demo_stays_done(demo):
    experience = Experience.objects.filter(state=State.RECEIVED).first()
    Experience.objects.filter(pk=experience.pk).update(state=State.HELD)
    load_demo(PASSWORD)
    experience.refresh_from_db()
    assert experience.state == State.HELD


def test_everyone_can_sign_in(demo, client):
    assert len(PEOPLE) == User.objects.count() == 12
    for person in PEOPLE:
        response = client.post(
            "/accounts/login/", {"login": person.email, "password": PASSWORD}, follow=True
        )
        assert response.redirect_chain[-1][0] == "/me/"
        assert person.name in response.content.decode()
        client.logout()
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == 12


def test_a_new_password_holds_for_everyone(demo):
    load_demo("another password")
    assert all(user.check_password("another password") for user in User.objects.all())


def test_desks_are_for_those_whose_work_they_are(demo, client):
    opens = {
        "/moderation/": {"moderator", "safeguarding"},
        "/board/": {"board", "chair", "lead", "manager"},
        "/cms/": {"editor", "admin"},
    }
    for person in PEOPLE:
        client.force_login(User.objects.get(email=person.email))
        html = client.get("/me/").content.decode()
        for address, who in opens.items():
            if person.who == "manager":
                continue
            assert (f'<li><a href="{address}">' in html) == (person.who in who), person.who


def test_the_private_group_has_the_member_in_it_and_not_the_resident(demo):
    group = Group.objects.get(visibility=Visibility.PRIVATE)
    people = {user.email.split("@")[0]: user for user in User.objects.all()}
    assert {who for who, user in people.items() if may_know_of(user, group)} == {
        "member",
        "commissioner",
        "convenor",
    }


def test_the_receipt_that_is_printed_opens_a_whole_thread(demo):
    experience = find_by_receipt(walk_receipt())
    kinds = list(Step.objects.filter(experience=experience).values_list("kind", flat=True))
    assert kinds[0] == "said"
    assert kinds[-1] == "published"


def test_no_address_leads_out_of_the_demo(demo):
    for email in Contact.objects.values_list("email", flat=True):
        assert email.endswith("@heard.test")


def test_the_command_prints_the_sign_ins(capsys):
    call_command("load_demo")
    out = capsys.readouterr().out
    for person in PEOPLE:
        assert person.email in out
    assert f"Their password: {PASSWORD}" in out


def test_a_password_is_made_once_and_kept_where_only_we_can_read(monkeypatch, settings, tmp_path):
    monkeypatch.delenv("HEARD_DEMO_PASSWORD")
    settings.DATA = tmp_path / "data"
    made = demo_password()
    assert len(made) >= 16
    assert demo_password() == made
    mode = (tmp_path / "data" / "demo_password").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600
