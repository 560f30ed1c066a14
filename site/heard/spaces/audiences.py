"""Memberships as audiences: `space:4` for everyone who has a place there today."""

from heard.notifications import audiences
from heard.spaces.models import Membership


@audiences.register
def of_spaces(people: list[int]):
    current = Membership.objects.current().filter(person__in=people)
    return [
        (person, f"space:{space}") for person, space in current.values_list("person_id", "space_id")
    ]
