"""One queue for everything people wrote, and the record of what moderators did with it."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from heard.accounts.models import Role


class Urgency(models.IntegerChoices):
    """How soon someone must look. The queue shows the highest first, then the oldest."""

    PLAIN = 0, _("In turn")
    FLAGGED = 10, _("Look with care")
    DANGER = 20, _("Someone may be in danger")


class QueueItemQuerySet(models.QuerySet["QueueItem"]):
    def in_order(self) -> "QueueItemQuerySet":
        return self.order_by("-urgency", "arrived", "id")

    def waiting(self) -> "QueueItemQuerySet":
        return self.filter(held=False)

    def held(self) -> "QueueItemQuerySet":
        return self.filter(held=True)

    def flagged(self) -> "QueueItemQuerySet":
        return self.filter(urgency__gt=Urgency.PLAIN)

    def dangerous(self) -> "QueueItemQuerySet":
        return self.filter(urgency__gte=Urgency.DANGER)

    def claimed(self, user) -> "QueueItemQuerySet":
        return self.filter(claimed_by_id=user.pk) if user.pk else self.none()

    def visible_to(self, user) -> "QueueItemQuerySet":
        """What this person may open. Twin of permissions.may_open."""
        if not user.is_authenticated:
            return self.none()
        if user.has_role(Role.MODERATOR):
            return self
        return self.dangerous() if user.has_role(Role.SAFEGUARDING) else self.none()


class QueueItem(models.Model):
    """Something that waits for a moderator. The row, and its exact arrival, goes when done."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=30)
    object_id = models.CharField(max_length=64)
    arrived = models.DateTimeField(default=timezone.now)
    urgency = models.SmallIntegerField(choices=Urgency, default=Urgency.PLAIN)
    flags = models.JSONField(default=list, blank=True)
    held = models.BooleanField(default=False)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=0)
    # The notifications that told of its arrival: they go with it, so that no exact time stays.
    notices = models.JSONField(default=list, blank=True)

    objects = QueueItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="one_place_in_the_queue")
        ]
        indexes = [models.Index(fields=["-urgency", "arrived", "id"], name="queue_order")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"

    @property
    def url(self) -> str:
        """Its address while it waits: never the reference of what it is about."""
        return f"/moderation/items/{self.pk}/"

    @property
    def is_dangerous(self) -> bool:
        return self.urgency >= Urgency.DANGER


class Verdict(models.TextChoices):
    CLEARED = "cleared", _("Cleared")
    ANSWERED = "answered", _("Answered, not passed on")
    RETURNED = "returned", _("Returned to the writer")
    HELD = "held", _("Held")
    RELEASED = "released", _("Taken off hold")
    DUPLICATE = "duplicate", _("Linked to one like it")
    REOPENED = "reopened", _("Taken up again")
    TAKEN_BACK = "taken_back", _("Taken back by its writer")
    RETAGGED = "retagged", _("Themes changed")
    OPENED_ORIGINAL = "opened_original", _("Opened the sealed original")


class ModerationDecisionQuerySet(models.QuerySet["ModerationDecision"]):
    def about(self, kind: str, object_id: object) -> "ModerationDecisionQuerySet":
        """What was decided about one thing, the latest first."""
        return self.filter(kind=kind, object_id=str(object_id)).order_by("-made", "-id")


class ModerationDecision(models.Model):
    """What a moderator did, why and when. Rows are only ever added."""

    kind = models.CharField(max_length=30)
    object_id = models.CharField(max_length=64)
    verdict = models.CharField(max_length=20, choices=Verdict)
    reason = models.TextField(blank=True)
    rule = models.CharField(max_length=40, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made = models.DateTimeField(default=timezone.now)

    objects = ModerationDecisionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "object_id", "made"], name="decision_of_object")]

    def __str__(self) -> str:
        return f"{self.verdict} {self.kind} {self.object_id}"
