"""The desks a person works at: one for each of their boards, and one for each theme they lead."""

from dataclasses import dataclass

from django.urls import reverse

from engagement.routing.models import Referral, ReferralQuerySet
from engagement.themes.models import Theme
from heard.spaces.models import Board, MemberRole, Membership


@dataclass(frozen=True)
class Desk:
    """Where matters arrive. A theme's desk is for reading; a board's is for deciding too."""

    board: Board | None = None
    theme: Theme | None = None
    role: str = ""

    @property
    def title(self) -> str:
        return str(self.board.title if self.board else self.theme)

    @property
    def the_board(self) -> Board:
        """The board of a board's desk; never asked of a theme's."""
        assert self.board is not None
        return self.board

    @property
    def url(self) -> str:
        if self.board:
            return reverse("board:desk", args=[self.board.slug])
        return reverse("board:theme", args=[self.theme.slug if self.theme else ""])

    @property
    def audience(self) -> str:
        """The name under which everyone at this desk is told things."""
        place = self.board or self.theme
        return place.audience if place else ""

    def referrals(self) -> ReferralQuerySet:
        """What was sent here and was not sent elsewhere since."""
        sent = Referral.objects.filter(board=self.board, theme=self.theme)
        return sent.standing()


def desks_of(user) -> list[Desk]:
    """A person's desks, boards first, in the order of their names. Two queries. Nobody's is empty."""
    places = (
        Membership.objects.current()
        .of(user)
        .exclude(role=MemberRole.OBSERVER)
        .filter(space__live=True)
    )
    roles = {place.space_id: place.get_role_display() for place in places}
    boards = Board.objects.filter(pk__in=roles).order_by("title")
    themes = Theme.objects.current().led_by(user)
    return [Desk(board=board, role=str(roles[board.pk])) for board in boards] + [
        Desk(theme=theme) for theme in themes
    ]
