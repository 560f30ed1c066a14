"""Taking somebody's words out of this room. Other rooms do the same through `withdrawal`."""

from engagement.experiences.models import Experience
from heard.moderation.models import QueueItem
from heard.moderation.services import CHANGED, MODERATORS
from heard.notifications.models import Notification
from heard.notifications.services import tell

KIND = "experience"  # what an experience is called in the moderation queue


def leave_queue(experience: Experience) -> bool:
    """It waits no longer; False when it speaks of danger and somebody must still look."""
    item = (
        QueueItem.objects.select_for_update()
        .filter(kind=KIND, object_id=experience.reference)
        .first()
    )
    if item is None:
        return True
    if item.is_dangerous:
        return False
    Notification.objects.filter(pk__in=item.notices).delete()
    item_id = item.pk
    item.delete()
    tell(MODERATORS, kind=CHANGED, object_id=item_id)
    return True


def erase_words(experience: Experience) -> None:
    """Every word of theirs is gone; the row stays, so that the receipt still opens and says so."""
    experience.answers.all().delete()
    experience.messages.all().delete()
    # A tag's "because" quotes the writer.
    experience.tags.update(because={})
    Experience.objects.filter(pk=experience.pk).update(
        text="",
        better="",
        cleared_text="",
        cleared_better="",
        about="",
        district=None,
        community=None,
    )
    experience.refresh_from_db()
