"""Who may moderate, and what the safeguarding lead may open."""

from heard.accounts.models import Role
from heard.moderation.models import QueueItem


def may_moderate(user) -> bool:
    """Moderators read the queue and decide."""
    return user.is_authenticated and user.has_role(Role.MODERATOR)


def may_see_desk(user) -> bool:
    """Moderators, and the safeguarding lead, whose desk shows only what may be danger."""
    return user.is_authenticated and user.has_role(Role.MODERATOR, Role.SAFEGUARDING)


def may_open(user, item: QueueItem) -> bool:
    """Whether this person may open the item. Twin of QueueItemQuerySet.visible_to."""
    if may_moderate(user):
        return True
    return item.is_dangerous and may_see_desk(user)
