"""Roles as audiences: `role:moderator` and the like."""

from heard.accounts.models import HeldRole
from heard.notifications import audiences


def role_audience(role: str) -> str:
    """The name under which everyone who holds a role is told things."""
    return f"role:{role}"


@audiences.register
def of_roles(people: list[int]):
    held = HeldRole.objects.filter(person__in=people).values_list("person_id", "role")
    return [(person, role_audience(role)) for person, role in held]
