"""A person's own spaces, on their page."""

from django.utils.translation import gettext_lazy as _

from heard.accounts import panels
from heard.accounts.panels import Panel
from heard.navigation import Door
from heard.spaces.models import Membership, Space


@panels.register
def spaces(user) -> Panel:
    """The spaces this person has a place in today."""
    mine = Space.objects.live().filter(pk__in=Membership.objects.current().of(user).values("space"))
    doors = [Door(space.url, space.title) for space in mine.order_by("title")]
    return Panel(_("Your spaces"), doors, _("You are not a member of a space yet."))
