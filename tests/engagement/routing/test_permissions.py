"""Who may see a referral: the plain function and the queryset agree for everybody."""

from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from engagement.routing import services
from engagement.routing.models import Referral
from engagement.routing.permissions import may_retag, may_see_referral
from engagement.themes.models import ThemeLead
from heard.spaces.models import Membership
from tests.factories import BoardFactory, ExperienceFactory, RouteFactory, ThemeFactory, UserFactory


def test_members_and_leads_see_theirs_and_the_queryset_agrees(amir, board, homes, rosa):
    money = ThemeFactory(slug="money")
    other = BoardFactory()
    lead, gone = UserFactory(), UserFactory(member_of=board, is_active=False)
    ended = UserFactory(member_of=board)
    Membership.objects.filter(person=ended).update(until=timezone.localdate() - timedelta(days=1))
    ThemeLead.objects.create(theme=homes, person=lead)
    ThemeLead.objects.create(theme=homes, person=gone)
    ThemeLead.objects.create(theme=money, person=rosa)
    people = {
        "member": UserFactory(member_of=board),
        "chair": UserFactory(member_of=board, member_of__role="chair"),
        "observer": UserFactory(member_of=board, member_of__role="observer"),
        "other board": UserFactory(member_of=other),
        "lead": lead,
        "other lead": rosa,
        "moderator": amir,
        "manager": UserFactory(roles=["manager"]),
        "switched off": gone,
        "ended": ended,
        "nobody": AnonymousUser(),
    }
    RouteFactory(board=board)
    RouteFactory(to="leads")
    services.clear_experience(experience=ExperienceFactory(), by=amir, themes=[homes])
    to_board = Referral.objects.get(board=board)
    to_leads = Referral.objects.get(theme=homes)
    sees = {
        name: {row.pk for row in Referral.objects.all() if may_see_referral(person, row)}
        for name, person in people.items()
    }
    seen = {
        name: set(Referral.objects.visible_to(person).values_list("pk", flat=True))
        for name, person in people.items()
    }
    assert seen == sees
    assert {name for name, rows in sees.items() if to_board.pk in rows} == {"member", "chair"}
    assert {name for name, rows in sees.items() if to_leads.pk in rows} == {"lead"}


def test_moderators_and_the_leads_of_its_themes_may_change_them(amir, homes, rosa, sol, bea):
    ThemeLead.objects.create(theme=homes, person=rosa)
    matter = services.clear_experience(experience=ExperienceFactory(), by=amir, themes=[homes])
    people = {"amir": amir, "rosa": rosa, "sol": sol, "bea": bea, "nobody": AnonymousUser()}
    may = {name for name, person in people.items() if may_retag(person, matter)}
    assert may == {"amir", "rosa"}
