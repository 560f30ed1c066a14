"""The programme's frameworks as data: versioned, so that what was said once keeps the words it was said under."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Framework(models.Model):
    """One version of a taxonomy. At most one version of each slug is current."""

    slug = models.SlugField()
    version = models.PositiveIntegerField(default=1)
    title = models.CharField(_("title"), max_length=200)
    owner = models.CharField(_("whose it is"), max_length=200, blank=True)
    span = models.CharField(_("years"), max_length=40, blank=True)
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="a_framework_version_once"),
            models.UniqueConstraint(
                fields=["slug"],
                condition=models.Q(is_current=True),
                name="one_current_version_of_a_framework",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"


class ThemeQuerySet(models.QuerySet["Theme"]):
    def current(self) -> "ThemeQuerySet":
        return self.filter(framework__is_current=True).order_by("number")

    def led_by(self, user) -> "ThemeQuerySet":
        return self.filter(leads__person_id=user.pk) if user.pk else self.none()


class Theme(models.Model):
    """A theme of a framework. `keywords` and `more_keywords` teach the suggester; they are not shown as labels."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="themes")
    number = models.PositiveIntegerField()
    slug = models.SlugField(max_length=80)
    title = models.CharField(_("title"), max_length=200)
    short = models.CharField(_("short title"), max_length=80)
    summary = models.TextField(_("what it is about"))
    lead_bodies = models.JSONField(default=list, blank=True)
    keywords = models.JSONField(default=list, blank=True)
    more_keywords = models.JSONField(default=list, blank=True)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "slug"], name="a_theme_once_a_version")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/themes/{self.slug}/"

    @property
    def audience(self) -> str:
        """The name under which this theme's leads are told things."""
        return f"theme:{self.slug}"


class Action(models.Model):
    """A numbered action of the programme under a theme."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="actions")
    number = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=300)

    class Meta:
        ordering = ["theme", "number"]
        constraints = [
            models.UniqueConstraint(fields=["theme", "number"], name="an_action_once_a_theme")
        ]

    def __str__(self) -> str:
        return f"{self.theme.number}.{self.number} {self.title}"


class Principle(models.Model):
    """A principle that decisions are held against."""

    framework = models.ForeignKey(Framework, models.CASCADE, related_name="principles")
    number = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=200)
    plain = models.TextField(_("in plain words"), blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["framework", "number"], name="a_principle_once")
        ]

    def __str__(self) -> str:
        return self.title


class District(models.Model):
    """A district of the city-region."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Characteristic(models.Model):
    """A characteristic or community of identity, as people may name their own."""

    class Kind(models.TextChoices):
        PROTECTED = "protected", _("Protected by law")
        ADDITIONAL = "additional", _("Also counted here")

    slug = models.SlugField(unique=True, max_length=80)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(max_length=12, choices=Kind)

    class Meta:
        ordering = ["kind", "name"]

    def __str__(self) -> str:
        return self.name


class ThemeLead(models.Model):
    """Someone who leads a theme: told what is referred to it, and may change its tags."""

    theme = models.ForeignKey(Theme, models.CASCADE, related_name="leads")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="led_themes")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["theme", "person"], name="a_lead_once")]

    def __str__(self) -> str:
        return f"{self.person} leads {self.theme}"
