"""What a board may have to consider, who should hear of it by rule, and who was sent it."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from engagement.routing.because import explain
from engagement.routing.rules import Rule, conditions
from engagement.themes.models import Action, Characteristic, District, Theme
from heard.spaces.models import Board, MemberRole, Membership, Space

FEWEST = 2  # one matter is not a jump


class MatterQuerySet(models.QuerySet["Matter"]):
    def standing(self) -> "MatterQuerySet":
        return self.filter(withdrawn=False)

    def about(self, theme: Theme) -> "MatterQuerySet":
        return self.filter(themes=theme)


class Matter(models.Model):
    """Anything a board may have to consider. What it says is read through routing.kinds."""

    kind = models.CharField(max_length=20)
    reference = models.CharField(max_length=40)
    title = models.CharField(_("heading"), max_length=200)
    summary = models.CharField(_("one line"), max_length=500, blank=True)
    themes = models.ManyToManyField(Theme, related_name="matters")
    actions = models.ManyToManyField(Action, related_name="matters", blank=True)
    district = models.ForeignKey(District, models.SET_NULL, null=True, blank=True)
    community = models.ForeignKey(Characteristic, models.SET_NULL, null=True, blank=True)
    space = models.ForeignKey(Space, models.SET_NULL, null=True, blank=True, related_name="+")
    flags = models.JSONField(default=list, blank=True)
    people = models.PositiveIntegerField(default=1)
    raised_on = models.DateField(default=timezone.localdate)
    due = models.DateField(null=True, blank=True)
    withdrawn = models.BooleanField(default=False)

    objects = MatterQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "reference"], name="a_matter_once")]
        # For "how many came this week from here", which is asked as each one is cleared.
        indexes = [models.Index(fields=["district", "raised_on"], name="matter_place_day")]

    def __str__(self) -> str:
        return f"{self.reference}: {self.title}"


class Route(models.Model):
    """A rule editors write: when all that is filled in holds, the matter goes where it says."""

    class To(models.TextChoices):
        BOARD = "board", _("A board")
        LEADS = "leads", _("The leads of its themes")

    name = models.CharField(_("name"), max_length=120)
    active = models.BooleanField(_("in use"), default=True)
    theme = models.ForeignKey(
        Theme, models.CASCADE, null=True, blank=True, verbose_name=_("theme"), related_name="+"
    )
    action = models.ForeignKey(
        Action, models.CASCADE, null=True, blank=True, verbose_name=_("action"), related_name="+"
    )
    district = models.ForeignKey(
        District, models.CASCADE, null=True, blank=True, verbose_name=_("district")
    )
    space = models.ForeignKey(
        Space,
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name=_("space it came through"),
        related_name="+",
    )
    flag = models.CharField(_("flag"), max_length=30, blank=True)
    volume = models.PositiveIntegerField(
        _("when this many came in a week"),
        null=True,
        blank=True,
        help_text=_("About the same theme and district. Leave empty for: always."),
    )
    to = models.CharField(_("send to"), max_length=10, choices=To, default=To.BOARD)
    board = models.ForeignKey(
        Board,
        models.CASCADE,
        null=True,
        blank=True,
        verbose_name=_("board"),
        related_name="routes",
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("active"),
        MultiFieldPanel(
            [
                FieldPanel("theme"),
                FieldPanel("action"),
                FieldPanel("district"),
                FieldPanel("space"),
                FieldPanel("flag"),
                FieldPanel("volume"),
            ],
            heading=_("When all of these hold (empty: any)"),
        ),
        MultiFieldPanel([FieldPanel("to"), FieldPanel("board")], heading=_("Send it to")),
    ]

    class Meta:
        ordering = ["name"]
        verbose_name = _("rule of who is sent what")
        verbose_name_plural = _("rules of who is sent what")

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """A rule that could never send anything, or that says two things, is refused with a reason."""
        errors = {}
        if self.to == self.To.BOARD and self.board_id is None:
            errors["board"] = _("Choose the board that it goes to.")
        if self.to == self.To.LEADS and self.board_id is not None:
            errors["board"] = _("It goes to the leads: leave the board empty.")
        if self.volume is not None and self.volume < FEWEST:
            errors["volume"] = _("Write a number from 2, or leave it empty for: always.")
        if self.action and self.theme and self.action.theme_id != self.theme_id:
            errors["action"] = _("This action belongs to another theme.")
        if errors:
            raise ValidationError(errors)

    @property
    def as_rule(self) -> Rule:
        """The rule as the pure rules know it."""
        return Rule(
            id=self.pk or 0,
            name=self.name,
            conditions=conditions(
                theme=(self.theme_id, self.theme and self.theme.short),
                action=(self.action_id, self.action and self.action.title),
                district=(self.district_id, self.district and self.district.name),
                space=(self.space_id, self.space and self.space.title),
                flag=(self.flag, self.flag),
                volume=(self.volume, self.volume),
            ),
            to=self.to,
            board=self.board_id,
        )

    def explanation(self) -> str:
        """What the rule does, in one sentence, for the editor."""
        return explain(self.as_rule, board=self.board.title if self.board else "")

    explanation.short_description = _("what it does")  # type: ignore[attr-defined]


class ReferralState(models.TextChoices):
    NEW = "new", _("New")
    GROUPED = "grouped", _("In an insight")
    DECIDED = "decided", _("Decided")
    RECALLED = "recalled", _("No longer here")


OPEN_STATES = frozenset({ReferralState.NEW, ReferralState.GROUPED})


class ReferralQuerySet(models.QuerySet["Referral"]):
    def to_board(self, board: Board) -> "ReferralQuerySet":
        return self.filter(board=board)

    def standing(self) -> "ReferralQuerySet":
        return self.exclude(state=ReferralState.RECALLED)

    def visible_to(self, user) -> "ReferralQuerySet":
        """What was sent to this person's boards and themes. Twin of may_see_referral."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        places = Membership.objects.current().of(user).exclude(role=MemberRole.OBSERVER)
        return self.filter(
            models.Q(board__in=places.values("space"))
            | models.Q(theme__in=Theme.objects.led_by(user).values("pk"))
        )

    def newest_first(self) -> "ReferralQuerySet":
        return self.order_by("-id")


class Referral(models.Model):
    """A board, or a theme's leads, was sent a matter, and why. Written as the matter is."""

    matter = models.ForeignKey(Matter, models.CASCADE, related_name="referrals")
    board = models.ForeignKey(
        Board, models.CASCADE, null=True, blank=True, related_name="referrals"
    )
    theme = models.ForeignKey(
        Theme, models.CASCADE, null=True, blank=True, related_name="referrals"
    )
    because = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=10, choices=ReferralState, default=ReferralState.NEW)
    made = models.DateTimeField(default=timezone.now)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "board"], name="a_board_once_a_matter"),
            models.UniqueConstraint(fields=["matter", "theme"], name="a_lead_once_a_matter"),
            models.CheckConstraint(
                condition=models.Q(board__isnull=False, theme__isnull=True)
                | models.Q(board__isnull=True, theme__isnull=False),
                name="a_referral_has_one_address",
            ),
        ]
        indexes = [
            models.Index(fields=["board", "-id"], name="referral_board"),
            models.Index(fields=["theme", "-id"], name="referral_theme"),
            models.Index(fields=["board", "state", "-id"], name="referral_board_state"),
        ]

    def __str__(self) -> str:
        return f"{self.matter} to {self.board or self.theme}"

    @property
    def url(self) -> str:
        return f"/api/v1/referrals/{self.pk}/"

    @property
    def audience(self) -> str:
        """The name under which those it was sent to are told."""
        return self.theme.audience if self.theme is not None else f"space:{self.board_id}"
