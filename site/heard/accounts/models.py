"""Who someone is to Heard: an e-mail address to sign in with, the name they chose, and their roles."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What someone does for the whole programme. Roles in one space are Memberships, not Roles."""

    MODERATOR = "moderator", _("Moderator")
    SAFEGUARDING = "safeguarding", _("Safeguarding lead")
    MANAGER = "manager", _("Programme manager")
    EDITOR = "editor", _("Editor")
    ADMINISTRATOR = "administrator", _("Administrator")


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """A person who signs in by e-mail; without a password they use a code sent by e-mail."""
        if not email:
            raise ValueError("an e-mail address is needed to sign in")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name you want to be known by"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    is_active = models.BooleanField(_("can sign in"), default=True)
    is_staff = models.BooleanField(_("works on the site's own pages"), default=False)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.get_full_name()

    def get_full_name(self) -> str:
        return self.name or self.email.split("@")[0]

    get_short_name = get_full_name

    @cached_property
    def roles(self) -> frozenset[str]:
        """This person's roles, read once for each request."""
        return frozenset(self.held_roles.values_list("role", flat=True)) if self.pk else frozenset()

    def has_role(self, *roles: str) -> bool:
        """Whether this person holds any of the roles. Someone switched off holds none."""
        return self.is_active and not self.roles.isdisjoint(roles)


class HeldRole(models.Model):
    """One role of one person. Give and take with accounts.services, which tell open screens."""

    person = models.ForeignKey(User, models.CASCADE, related_name="held_roles")
    role = models.CharField(max_length=20, choices=Role)
    given = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "role"], name="a_role_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"
