"""Many experiences at once: as sharing and clearing leave them, in batches."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from engagement.experiences.models import Experience, State
from engagement.routing.models import Matter, Referral
from heard.cms.services import programme_board
from heard.moderation.models import QueueItem
from heard.notifications.models import Notification
from heard.spaces.services import join

pytestmark = pytest.mark.django_db


def test_they_are_cleared_tagged_and_referred_to_the_board():
    call_command("make_load", experiences=30, verbosity=0)
    assert Experience.objects.cleared().filter(state=State.CLEARED).count() == 30
    for experience in Experience.objects.all():
        matter = Matter.objects.get(kind="experience", reference=experience.reference)
        tagged = experience.tags.filter(confirmed=True).values_list("theme", flat=True)
        assert set(tagged) == set(matter.themes.values_list("pk", flat=True)) != set()
        assert experience.consents.filter(purpose="insight").exists()
        assert [step.kind for step in experience.steps.all()] == ["said", "heard", "referred"]
    assert Referral.objects.filter(board=programme_board()).count() == 30


def test_they_are_added_to_what_is_there_and_nobody_is_told():
    call_command("make_load", experiences=5, verbosity=0)
    call_command("make_load", experiences=7, verbosity=0)
    assert Experience.objects.count() == 12
    assert not QueueItem.objects.exists()
    assert not Notification.objects.exists()


def test_the_desk_shows_them(client, rosa):
    call_command("make_load", experiences=40, verbosity=0)
    join(space=programme_board(), person=rosa)
    client.force_login(rosa)
    for address in ("/board/programme-board/", "/themes/", "/"):
        assert client.get(address).status_code == 200


@pytest.mark.parametrize("wanted", [{"topics": 1}, {"posts": 1}, {"experiences": -1}])
def test_what_cannot_be_made_is_said_plainly(wanted):
    with pytest.raises(CommandError):
        call_command("make_load", **wanted)
    assert not Experience.objects.exists()
