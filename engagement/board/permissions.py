"""Who may see a board's work, and who may do it. Plain functions of (user, thing)."""

from engagement.board.models import Insight
from engagement.themes.models import Theme
from heard.accounts.models import Role
from heard.spaces.models import Board
from heard.spaces.permissions import may_decide as may_decide_in
from heard.spaces.permissions import may_work_as_board


def is_manager(user) -> bool:
    """Programme managers see what every board decided, and publish the answers."""
    return user.is_authenticated and user.has_role(Role.MANAGER)


def may_open_desk(user, board: Board) -> bool:
    """Members, chairs and convenors read what their board was sent; observers and all others do
    not.
    """
    return may_work_as_board(user, board)


def may_open_theme_desk(user, theme: Theme) -> bool:
    """Those who lead a theme read what was sent to its leads."""
    return theme.leads.filter(person_id=user.pk).exists() if user.pk else False


def may_group(user, board: Board) -> bool:
    """Whoever works at the desk may put matters together."""
    return may_work_as_board(user, board)


def may_see_insight(user, insight: Insight) -> bool:
    """The board's desk and programme managers. Twin of InsightQuerySet.visible_to."""
    return is_manager(user) or may_work_as_board(user, insight.board)


def may_decide(user, insight: Insight) -> bool:
    """Members and chairs of the insight's board decide; convenors prepare, and do not decide."""
    return may_decide_in(user, insight.board)


def may_publish(user, insight: Insight) -> bool:
    """Members and chairs of the board that decided, and programme managers, publish the answer."""
    return is_manager(user) or may_decide_in(user, insight.board)
