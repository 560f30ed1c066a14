"""Joining and leaving a space, so that open screens follow at once."""

from django.db import transaction

from heard.accounts.models import User
from heard.notifications.services import tell_audience_changed
from heard.spaces.models import MemberRole, Membership, Space


@transaction.atomic
def join(*, space: Space, person: User, role: str = MemberRole.MEMBER) -> Membership:
    """The person has a place in the space from today, or their role there changes. Safe to repeat."""
    membership, _ = Membership.objects.update_or_create(
        space_id=space.pk, person=person, defaults={"role": role, "until": None}
    )
    tell_audience_changed(person)
    return membership


@transaction.atomic
def leave(*, space: Space, person: User) -> None:
    """The person's place ends now: not one later event of the space reaches their open screens."""
    Membership.objects.filter(space_id=space.pk, person=person).delete()
    tell_audience_changed(person)
