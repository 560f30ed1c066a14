"""The desks of the house, as doors in its navigation."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from engagement.board.desks import desks_of
from heard import navigation
from heard.moderation.permissions import may_see_desk
from heard.navigation import Door


@navigation.register
def doors(user) -> Iterator[Door]:
    """Moderation, the board's desk and the editors' pages, for those who may open them."""
    if may_see_desk(user):
        yield Door("/moderation/", _("Moderation"))
    if desks_of(user):
        yield Door("/board/", _("Board desk"))
    if user.has_perm("wagtailadmin.access_admin"):
        yield Door("/cms/", _("Edit pages"))
