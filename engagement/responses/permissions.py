"""Who may publish an answer. Everyone may read one: /changes/ is public."""

from engagement.board.models import Decision
from engagement.board.permissions import may_publish as may_publish_for


def may_publish(user, decision: Decision) -> bool:
    """Members and chairs of the board that decided, and programme managers."""
    return may_publish_for(user, decision.insight)
