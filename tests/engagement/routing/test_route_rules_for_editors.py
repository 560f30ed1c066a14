"""Rules are written by editors, checked and explained in words."""

import pytest
from django.core.exceptions import ValidationError

from engagement.themes.models import Action
from tests.factories import DistrictFactory, RouteFactory, ThemeFactory, UserFactory


def wrong(route):
    with pytest.raises(ValidationError) as refused:
        route.full_clean()
    return set(refused.value.message_dict)


def test_a_rule_that_is_whole_is_taken_and_explains_itself(board, homes):
    route = RouteFactory(theme=homes, district=DistrictFactory(), volume=5, board=board)
    route.full_clean()
    assert route.explanation() == (
        "When it is about Homes, is from Oldham and is one of at least 5 like it in a week, "
        "it goes to Programme Board."
    )


def test_a_rule_that_could_send_nothing_or_says_two_things_is_refused(board, homes):
    assert wrong(RouteFactory()) == {"board"}
    assert wrong(RouteFactory(to="leads", board=board)) == {"board"}
    assert wrong(RouteFactory(board=board, volume=0)) == {"volume"}
    elsewhere = Action.objects.create(theme=ThemeFactory(), number=1, title="Elsewhere")
    assert wrong(RouteFactory(board=board, theme=homes, action=elsewhere)) == {"action"}


def test_the_list_of_rules_says_what_each_does(client, board, homes):
    RouteFactory(name="Homes", theme=homes, board=board)
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    html = client.get("/cms/snippets/routing/route/").content.decode()
    assert "When it is about Homes, it goes to Programme Board." in html
