"""Who may see what a board or a theme's leads were sent, and who may move it."""

from engagement.routing.models import Matter, Referral
from engagement.themes.models import ThemeLead
from heard.moderation.permissions import may_moderate
from heard.spaces.permissions import may_work_as_board


def may_see_referral(user, referral: Referral) -> bool:
    """Members, chairs and convenors of its board; the leads of its theme. Twin of visible_to."""
    if not (user.is_authenticated and user.is_active):
        return False
    if referral.board is not None:
        return may_work_as_board(user, referral.board)
    return ThemeLead.objects.filter(theme=referral.theme_id, person=user).exists()


def may_retag(user, matter: Matter) -> bool:
    """Moderators, and those who lead one of the matter's themes."""
    if may_moderate(user):
        return True
    if not (user.is_authenticated and user.is_active):
        return False
    return ThemeLead.objects.filter(theme__in=matter.themes.all(), person=user).exists()
