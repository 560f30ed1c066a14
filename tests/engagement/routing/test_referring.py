"""Referrals: boards and leads by the editors' rules, jumps in volume, and themes that change."""

import pytest

from engagement.experiences.models import Step, StepKind, Tag
from engagement.routing import services
from engagement.routing.models import Matter, Referral, ReferralState
from engagement.themes.models import ThemeLead
from heard.moderation.models import ModerationDecision
from heard.notifications.models import Notification
from tests.factories import (
    BoardFactory,
    DistrictFactory,
    ExperienceFactory,
    RouteFactory,
    ThemeFactory,
)
from tests.heard.moderation.test_services import race


@pytest.fixture
def money(db):
    return ThemeFactory(slug="money", short="Money")


def clear(by, *themes, **more):
    return services.clear_experience(experience=ExperienceFactory(**more), by=by, themes=themes)


def told(kind):
    return sorted(Notification.objects.filter(kind=kind).values_list("audience", flat=True))


def test_what_no_rule_sends_is_cleared_and_goes_nowhere(amir, homes):
    clear(amir, homes)
    assert (Matter.objects.count(), Referral.objects.count()) == (1, 0)
    assert [step.kind for step in Step.objects.all()] == [StepKind.HEARD]


def test_a_theme_s_leads_are_told_and_the_receipt_says_so(amir, homes, sol):
    ThemeLead.objects.create(theme=homes, person=sol)
    RouteFactory(name="Leads", to="leads")
    clear(amir, homes)
    referral = Referral.objects.get()
    assert (referral.theme, referral.board) == (homes, None)
    assert told("referral.created") == ["theme:homes-housing"]
    assert Step.objects.last().data == {"to": ["those who lead “Homes”"]}


def test_a_lead_who_can_no_longer_sign_in_leads_nothing(amir, homes, sol):
    ThemeLead.objects.create(theme=homes, person=sol)
    sol.is_active = False
    sol.save()
    RouteFactory(to="leads")
    clear(amir, homes)
    assert not Referral.objects.exists()


def test_rules_out_of_use_and_boards_that_are_closed_are_sent_nothing(amir, homes, board):
    RouteFactory(board=board, active=False)
    closed = BoardFactory(live=False)
    RouteFactory(board=closed)
    clear(amir, homes)
    assert not Referral.objects.exists()


def test_a_jump_is_counted_by_theme_and_place_in_the_last_week(amir, homes, money, board):
    RouteFactory(board=board, theme=homes, volume=3)
    oldham, bury = DistrictFactory(), DistrictFactory(slug="bury")
    old = clear(amir, homes, district=oldham)
    Matter.objects.filter(pk=old.pk).update(raised_on="2020-01-01")
    clear(amir, homes, district=oldham)
    clear(amir, homes, district=bury)
    clear(amir, money, district=oldham)
    clear(amir, homes, district=oldham)
    assert not Referral.objects.exists()
    third = clear(amir, homes, district=oldham)
    assert Referral.objects.get().matter == third


def test_a_jump_counts_what_names_no_place_apart(amir, homes, board):
    RouteFactory(board=board, theme=homes, volume=2)
    clear(amir, homes, district=DistrictFactory())
    clear(amir, homes)
    assert not Referral.objects.exists()
    clear(amir, homes)
    assert Referral.objects.count() == 1


def test_a_flag_sends_what_carries_it(amir, homes, board):
    RouteFactory(board=board, flag="replied")
    clear(amir, homes)
    assert not Referral.objects.exists()
    clear(amir, homes, queued__flags=["replied"])
    assert Referral.objects.count() == 1


def test_changed_themes_move_it_and_tell_everyone_who_had_it(amir, board, homes, money):
    RouteFactory(name="Homes", theme=homes, board=board)
    other = BoardFactory(title="Money Board")
    RouteFactory(name="Money", theme=money, board=other)
    matter = clear(amir, homes)
    services.retag_matter(matter=matter, themes=[money], by=amir)
    states = dict(Referral.objects.values_list("board", "state"))
    assert states == {board.pk: ReferralState.RECALLED, other.pk: ReferralState.NEW}
    assert told("referral.changed") == [f"space:{board.pk}"]
    assert told("referral.created") == sorted([f"space:{board.pk}", f"space:{other.pk}"])
    assert Step.objects.last().data == {"to": ["Money Board"]}
    assert ModerationDecision.objects.latest("id").reason == "homes-housing → money"


def test_the_old_theme_stays_in_the_history_unconfirmed(amir, homes, money):
    matter = clear(amir, homes, themes=[homes])
    services.retag_matter(matter=matter, themes=[money], by=amir)
    tags = Tag.objects.values_list("theme__slug", "provenance", "confirmed")
    assert sorted(tags) == [
        ("homes-housing", "person", False),
        ("homes-housing", "resident", False),
        ("money", "person", True),
    ]
    services.retag_matter(matter=matter, themes=[homes], by=amir)
    confirmed = Tag.objects.filter(confirmed=True).values_list("theme__slug", flat=True)
    assert set(confirmed) == {"homes-housing"}


def test_what_was_recalled_comes_back_when_its_theme_does(amir, board, homes, money):
    RouteFactory(theme=homes, board=board)
    matter = clear(amir, homes)
    services.retag_matter(matter=matter, themes=[money], by=amir)
    services.retag_matter(matter=matter, themes=[homes], by=amir)
    assert Referral.objects.get().state == ReferralState.NEW
    assert len(told("referral.created")) == 2


def test_a_board_that_works_on_it_keeps_it_and_is_told(amir, board, homes, money):
    RouteFactory(theme=homes, board=board)
    matter = clear(amir, homes)
    Referral.objects.update(state=ReferralState.GROUPED)
    services.retag_matter(matter=matter, themes=[money], by=amir)
    assert Referral.objects.get().state == ReferralState.GROUPED
    assert told("referral.changed") == [f"space:{board.pk}"]


def test_a_matter_always_has_a_theme(amir, homes):
    matter = clear(amir, homes)
    with pytest.raises(services.NeedsThemes):
        services.retag_matter(matter=matter, themes=[], by=amir)
    assert list(matter.themes.all()) == [homes]


@pytest.mark.django_db(transaction=True)
def test_two_who_change_its_themes_at_once_leave_one_of_the_two_answers(amir, maud, board, homes):
    money = ThemeFactory(slug="money")
    RouteFactory(theme=homes, board=board)
    matter = clear(amir, homes, money)
    for _turn in range(10):
        race(
            lambda: services.retag_matter(matter=matter, themes=[homes], by=amir),
            lambda: services.retag_matter(matter=matter, themes=[money], by=maud),
        )
        themes = list(matter.themes.all())
        assert themes in ([homes], [money])
        state = ReferralState.NEW if themes == [homes] else ReferralState.RECALLED
        assert Referral.objects.get().state == state
