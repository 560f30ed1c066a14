"""What one audience should know: durable rows, read in the order of their ids."""

from django.db import models


class NotificationQuerySet(models.QuerySet["Notification"]):
    def for_audiences(self, audiences) -> "NotificationQuerySet":
        return self.filter(audience__in=audiences)

    def after(self, cursor: int) -> "NotificationQuerySet":
        return self.filter(id__gt=cursor).order_by("id")


class Notification(models.Model):
    """One thing one audience should know; never a resident's words. `id` is the cursor."""

    audience = models.CharField(max_length=80)
    kind = models.CharField(max_length=60)
    object_id = models.CharField(max_length=64, blank=True)
    url = models.CharField(max_length=300, blank=True)
    created = models.DateTimeField(auto_now_add=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["audience", "id"], name="notification_audience_id")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id} for {self.audience}"
