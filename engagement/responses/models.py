"""You said, we did: what was heard, what was decided, why, and what happens next."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.board.models import Decision
from engagement.experiences.models import Experience
from engagement.themes.models import District, Theme


class Outcome(models.TextChoices):
    PLANNED = "planned", _("Change planned")
    MADE = "made", _("Change made")
    NONE = "none", _("No change, because")


class ResponseQuerySet(models.QuerySet["Response"]):
    def about(self, theme: Theme) -> "ResponseQuerySet":
        return self.filter(themes=theme)

    def newest_first(self) -> "ResponseQuerySet":
        return self.order_by("-published_on", "-id")


class Response(models.Model):
    """A published answer to everyone behind a decision. Themes and places are those the board
    decided on.
    """

    decision = models.OneToOneField(Decision, models.CASCADE, related_name="response")
    title = models.CharField(_("title"), max_length=200)
    heard = models.TextField(_("what we heard"))
    reason = models.TextField(_("why"))
    next_step = models.TextField(_("what happens next"))
    next_date = models.DateField(_("when you will hear more"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome)
    themes = models.ManyToManyField(Theme, related_name="responses")
    districts = models.ManyToManyField(District, related_name="responses", blank=True)
    experiences = models.ManyToManyField(Experience, related_name="responses")
    # How many people were behind it when that was last released; shown rounded, and corrected only
    # at a release, so that no single coming or going can be read from it (suppression.py).
    people = models.PositiveIntegerField(default=0, editable=False)
    counted_on = models.DateField(default=timezone.localdate, editable=False)
    published_on = models.DateField(default=timezone.localdate)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    objects = ResponseQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-published_on", "-id"], name="response_newest")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/changes/{self.pk}/"


class Quote(models.Model):
    """Where a passage of an experience stands in a response. The words are read from the
    experience, never copied.
    """

    response = models.ForeignKey(Response, models.CASCADE, related_name="quotes")
    experience = models.ForeignKey(Experience, models.CASCADE, related_name="quotes")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    taken_back = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(end__gt=models.F("start")), name="a_quote_has_words"
            )
        ]

    def __str__(self) -> str:
        return f"quote from {self.experience}"
