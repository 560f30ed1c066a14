"""What residents tell us, what they agreed to, and what became of it.

Nothing here says who spoke, and no time is finer than a day: the exact arrival lives only in the
moderation queue's row.
"""

import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel

from engagement.experiences import journey
from engagement.themes.models import Action, Characteristic, District, Theme
from heard.spaces.models import Space


class CallQuerySet(models.QuerySet["Call"]):
    def open_now(self) -> "CallQuerySet":
        today = timezone.localdate()
        return self.filter(models.Q(closes__isnull=True) | models.Q(closes__gte=today)).filter(
            opens__lte=today
        )


class Call(ClusterableModel):
    """An editor's call for experiences: its own questions, themes and dates."""

    slug = models.SlugField(_("address"), unique=True, help_text=_("/share/ADDRESS/"))
    title = models.CharField(_("title"), max_length=200)
    intro = models.TextField(_("what it is about"), help_text=_("In plain words."))
    themes = ParentalManyToManyField(Theme, blank=True, verbose_name=_("themes"))
    space = models.ForeignKey(
        Space, models.SET_NULL, null=True, blank=True, verbose_name=_("space it belongs to")
    )
    opens = models.DateField(_("opens"), default=timezone.localdate)
    closes = models.DateField(_("closes"), null=True, blank=True)

    objects = CallQuerySet.as_manager()

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """An address that a page of the journey has would never be reached."""
        if self.slug in journey.RESERVED or journey.question_number(self.slug):
            raise ValidationError({"slug": _("This address is taken. Choose another.")})

    @property
    def is_open(self) -> bool:
        today = timezone.localdate()
        return self.opens <= today and (self.closes is None or today <= self.closes)


class CallQuestion(models.Model):
    """One question of a call, asked on a page of its own; never required."""

    call = ParentalKey(Call, on_delete=models.CASCADE, related_name="questions")
    question = models.CharField(_("question"), max_length=300)
    hint = models.CharField(_("hint"), max_length=300, blank=True)
    sort_order = models.PositiveIntegerField(default=0)

    sort_order_field = "sort_order"  # lets editors move questions up and down
    panels = [FieldPanel("question"), FieldPanel("hint")]

    class Meta:
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.question


class About(models.TextChoices):
    """Who an experience is about."""

    ME = "me", _("Me")
    SOMEONE = "someone", _("Someone I care for")
    GROUP = "group", _("My group or community")
    SEEN = "seen", _("Something I have seen")


class State(models.TextChoices):
    """Where an experience is. The service that changes it also writes the Step that says so."""

    RECEIVED = "received", _("We have it")
    HELD = "held", _("We are taking extra care with it")
    RETURNED = "returned", _("We need to ask you something")
    CLEARED = "cleared", _("Passed on")
    DECIDED = "decided", _("Decided")
    ANSWERED = "answered", _("Answered")
    WITHDRAWN = "withdrawn", _("Withdrawn")


WAITING_STATES = frozenset({State.RECEIVED, State.HELD, State.RETURNED})
HEARD_STATES = frozenset({State.CLEARED, State.DECIDED, State.ANSWERED})


class ExperienceQuerySet(models.QuerySet["Experience"]):
    def waiting(self) -> "ExperienceQuerySet":
        return self.filter(state__in=WAITING_STATES)

    def cleared(self) -> "ExperienceQuerySet":
        """Read by a moderator, confirmed, with consent to use it as insight."""
        return self.filter(state__in=HEARD_STATES, cleared_text__gt="")

    def about(self, theme: Theme) -> "ExperienceQuerySet":
        return self.filter(tags__theme=theme, tags__confirmed=True)

    def consented(self, purpose: str) -> "ExperienceQuerySet":
        return self.filter(
            pk__in=Consent.objects.standing().filter(purpose=purpose).values("experience")
        )


class Experience(models.Model):
    """What a resident told us. Moderators alone read `text`; others `cleared_text`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=12, unique=True)
    text = models.TextField(_("what happened"))
    better = models.TextField(_("what would have made it better"), blank=True)
    about = models.CharField(_("who it is about"), max_length=10, choices=About, blank=True)
    call = models.ForeignKey(Call, models.SET_NULL, null=True, blank=True)
    space = models.ForeignKey(Space, models.SET_NULL, null=True, blank=True)
    district = models.ForeignKey(District, models.SET_NULL, null=True, blank=True)
    community = models.ForeignKey(Characteristic, models.SET_NULL, null=True, blank=True)
    language = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    shared_on = models.DateField(default=timezone.localdate)
    cleared_text = models.TextField(blank=True)
    cleared_better = models.TextField(blank=True)
    same_as = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="duplicates"
    )

    objects = ExperienceQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["state", "-shared_on", "id"], name="experience_state_day"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_redacted(self) -> bool:
        return bool(self.cleared_text) and (
            self.cleared_text != self.text or self.cleared_better != self.better
        )


class Answer(models.Model):
    """The answer to one question of a call, with the question as it stood."""

    experience = models.ForeignKey(Experience, models.CASCADE, related_name="answers")
    question = models.CharField(max_length=300)
    text = models.TextField()
    cleared_text = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.question


class Provenance(models.TextChoices):
    RESIDENT = "resident", _("The person who wrote it")
    MACHINE = "machine", _("Suggested by the computer")
    PERSON = "person", _("Someone on our team")


class Tag(models.Model):
    """A theme, or an action of it, on an experience. Only a person confirms one."""

    experience = models.ForeignKey(Experience, models.CASCADE, related_name="tags")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="+")
    action = models.ForeignKey(Action, models.SET_NULL, null=True, blank=True, related_name="+")
    provenance = models.CharField(max_length=10, choices=Provenance)
    confirmed = models.BooleanField(default=False)
    because = models.JSONField(default=dict, blank=True)
    rank = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["rank", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["experience", "theme", "provenance"], name="a_theme_once_from_each_source"
            ),
            # That the machine never confirms holds in the database, whatever the code does.
            models.CheckConstraint(
                condition=~models.Q(provenance=Provenance.MACHINE, confirmed=True),
                name="the_machine_never_confirms",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme} on {self.experience}"


class Purpose(models.TextChoices):
    """What someone may agree to, one by one."""

    INSIGHT = "insight", _("Use it to understand what should change")
    QUOTE = "quote", _("Quote my words")
    CONTACT = "contact", _("Contact me")
    SHARE = "share", _("Pass it to the service it is about")
    RESEARCH = "research", _("Use it in research")


WORDING_VERSION = 1


class ConsentQuerySet(models.QuerySet["Consent"]):
    def standing(self) -> "ConsentQuerySet":
        return self.filter(withdrawn__isnull=True)


class Consent(models.Model):
    """One purpose that someone agreed to, under which wording, and the day they took it back."""

    experience = models.ForeignKey(Experience, models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=10, choices=Purpose)
    wording_version = models.PositiveIntegerField(default=WORDING_VERSION)
    given = models.DateField(default=timezone.localdate)
    withdrawn = models.DateField(null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["experience", "purpose"], name="a_purpose_once")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} for {self.experience}"


class Contact(models.Model):
    """How to reach someone who asked to be reached. Read by nobody but the postman."""

    experience = models.OneToOneField(Experience, models.CASCADE, related_name="contact")
    email = models.EmailField()
    language = models.CharField(max_length=10, blank=True)
    news_waiting = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"contact for {self.experience}"


class Receipt(models.Model):
    """The number that lets someone come back, kept only as keyed hashes."""

    experience = models.OneToOneField(Experience, models.CASCADE, related_name="receipt")
    digest = models.CharField(max_length=64, unique=True)
    key_digest = models.CharField(max_length=64, unique=True)
    body_digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return "receipt"


class Draft(models.Model):
    """A story not yet sent, encrypted with a key that only its receipt number gives."""

    digest = models.CharField(max_length=64, primary_key=True)
    sealed = models.BinaryField()
    touched_on = models.DateField(default=timezone.localdate)

    def __str__(self) -> str:
        return "draft"


class StepKind(models.TextChoices):
    """What happened, in the words of the design's timeline."""

    SAID = "said", _("You shared it")
    HELD = "held", _("We are taking extra care")
    ASKED = "asked", _("We asked you something")
    HEARD = "heard", _("It was heard")
    ANSWERED = "answered", _("A moderator answered")
    REFERRED = "referred", _("It reached the people who can act")
    GROUPED = "grouped", _("It was put with others like it")
    DECIDED = "decided", _("A decision was made")
    COMMITTED = "committed", _("Someone was asked to act")
    PUBLISHED = "published", _("The answer was published")
    WITHDRAWN = "withdrawn", _("You took it back")


class Step(models.Model):
    """One thing that happened to an experience. `data` holds facts; the page puts them in words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    experience = models.ForeignKey(Experience, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=12, choices=StepKind)
    data = models.JSONField(default=dict, blank=True)
    happened_on = models.DateField(default=timezone.localdate)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["experience", "position"], name="steps_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.experience}"


class Message(models.Model):
    """One line of the conversation between a moderator and the person who holds the receipt."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    experience = models.ForeignKey(Experience, models.CASCADE, related_name="messages")
    from_resident = models.BooleanField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text = models.TextField(_("message"))
    sent_on = models.DateField(default=timezone.localdate)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["experience", "position"], name="messages_in_order")
        ]

    def __str__(self) -> str:
        return f"message on {self.experience}"


class EqualityAnswers(models.Model):
    """Equality monitoring, kept apart: no link to an experience, and no time finer than a month."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    answers = models.JSONField(default=dict)
    month = models.DateField()

    def __str__(self) -> str:
        return "equality answers"
