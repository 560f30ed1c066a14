"""Giving and taking roles, so that open screens follow at once."""

from django.db import transaction

from heard.accounts import roles
from heard.accounts.models import HeldRole, User
from heard.notifications.services import tell_audience_changed


@transaction.atomic
def give_role(*, person: User, role: str) -> None:
    """The person holds the role from now on. Safe to repeat."""
    HeldRole.objects.get_or_create(person=person, role=role)
    roles.changed(person)
    tell_audience_changed(person)


@transaction.atomic
def take_role(*, person: User, role: str) -> None:
    """The person no longer holds the role; not one later event of it reaches their open screens."""
    HeldRole.objects.filter(person=person, role=role).delete()
    roles.changed(person)
    tell_audience_changed(person)


@transaction.atomic
def switch_off(*, person: User) -> None:
    """The person can no longer sign in; open sessions and sockets end."""
    User.objects.filter(pk=person.pk).update(is_active=False)
    person.is_active = False
    tell_audience_changed(person)
