"""What a board makes of what it was sent: insights, decisions with their reasons, and promises with
a date.
"""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagement.routing.models import Matter, MatterQuerySet
from heard.accounts.models import Role
from heard.spaces.models import Board, MemberRole, Membership, Space


def _desks_of(user):
    """The ids of the boards at whose desk this person works."""
    places = Membership.objects.current().of(user).exclude(role=MemberRole.OBSERVER)
    return places.values("space")


def _sees_every_board(user) -> bool:
    return user.is_authenticated and user.has_role(Role.MANAGER)


class InsightState(models.TextChoices):
    OPEN = "open", _("Waiting for a decision")
    DECIDED = "decided", _("Decided")


class InsightQuerySet(models.QuerySet["Insight"]):
    def of_board(self, board: Board) -> "InsightQuerySet":
        return self.filter(board=board)

    def visible_to(self, user) -> "InsightQuerySet":
        """Those of the boards at whose desk they work; programme managers see all of them."""
        return self if _sees_every_board(user) else self.filter(board__in=_desks_of(user))

    def with_people(self) -> "InsightQuerySet":
        """Each with `how_many`: the people behind it today, for all rows in one query. Say it
        rounded.
        """
        standing = models.Q(matters__withdrawn=False)
        return self.annotate(how_many=models.Sum("matters__people", filter=standing, default=0))

    def undecided(self) -> "InsightQuerySet":
        return self.filter(state=InsightState.OPEN)

    def newest_first(self) -> "InsightQuerySet":
        return self.order_by("-id")


class Insight(models.Model):
    """Matters grouped around one point, which the board decides on."""

    board = models.ForeignKey(Board, models.CASCADE, related_name="insights")
    title = models.CharField(_("the point they make"), max_length=200)
    summary = models.TextField(_("in a few sentences"), blank=True)
    matters = models.ManyToManyField(Matter, through="InsightMatter", related_name="insights")
    state = models.CharField(max_length=10, choices=InsightState, default=InsightState.OPEN)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    made = models.DateTimeField(default=timezone.now)

    objects = InsightQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["board", "-id"], name="insight_board")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/board/insights/{self.pk}/"

    @property
    def is_settled(self) -> bool:
        """Whether a decision stands. A provisional one does not: it may be made again."""
        latest = self.decisions.first()
        return latest is not None and not latest.provisional

    @property
    def people(self) -> int:
        """How many people are behind it today. Say it rounded (`about_count`), never as it is."""
        return self.standing().aggregate(people=models.Sum("people"))["people"] or 0

    def standing(self) -> MatterQuerySet:
        """The matters in it that nobody took back."""
        return Matter.objects.standing().filter(insights=self)


class InsightMatter(models.Model):
    """A matter's place in an insight."""

    insight = models.ForeignKey(Insight, models.CASCADE, related_name="places")
    matter = models.ForeignKey(Matter, models.CASCADE, related_name="places")
    added = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["insight", "matter"], name="a_matter_once_an_insight")
        ]

    def __str__(self) -> str:
        return f"{self.matter} in {self.insight}"


class DecisionKind(models.TextChoices):
    NOTE = "note", _("Note")
    ENDORSE = "endorse", _("Endorse")
    ASK = "ask", _("Ask a partner")
    REFER = "refer", _("Refer to a panel")
    DECLINE = "decline", _("Decline")


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user) -> "DecisionQuerySet":
        """Those of the boards at whose desk they work; programme managers see all of them."""
        if _sees_every_board(user):
            return self
        return self.filter(insight__board__in=_desks_of(user))

    def newest_first(self) -> "DecisionQuerySet":
        return self.order_by("-id")


class Decision(models.Model):
    """What the board decided on an insight, and why. There is no decision without a reason."""

    insight = models.ForeignKey(Insight, models.CASCADE, related_name="decisions")
    kind = models.CharField(_("decision"), max_length=10, choices=DecisionKind)
    reason = models.TextField(_("reason"))
    next_step = models.TextField(_("what happens next"), blank=True)
    partner = models.CharField(_("partner asked"), max_length=200, blank=True)
    referred_to = models.ForeignKey(Space, models.SET_NULL, null=True, blank=True, related_name="+")
    provisional = models.BooleanField(_("provisional"), default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made = models.DateTimeField(default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="a_decision_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.insight}"


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def visible_to(self, user) -> "CommitmentQuerySet":
        """Those of the boards at whose desk they work; programme managers see all of them."""
        if _sees_every_board(user):
            return self
        return self.filter(decision__insight__board__in=_desks_of(user))


class Commitment(models.Model):
    """A body's promise, held by a named post, with a date."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="commitments")
    what = models.TextField(_("what will be done"))
    body = models.CharField(_("organisation"), max_length=200)
    post = models.CharField(_("who holds it"), max_length=200)
    due = models.DateField(_("by when"))
    made = models.DateTimeField(default=timezone.now)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["due", "id"]

    def __str__(self) -> str:
        return f"{self.body}: {self.what[:60]}"

    @property
    def is_overdue(self) -> bool:
        return self.due < timezone.localdate()
