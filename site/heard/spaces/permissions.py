"""The one answer to "who may see this space?", and what a place in it allows."""

from heard.spaces.models import DECIDING_ROLES, MemberRole, Membership, Space, Visibility


def membership_of(user, space: Space) -> Membership | None:
    """This person's place in the space today, if they have one."""
    return Membership.objects.current().of(user).filter(space_id=space.pk).first()


def may_know_of(user, space: Space) -> bool:
    """Whether this person may know that the space exists. Twin of SpaceQuerySet.known_to."""
    if not space.live:
        return False
    if space.visibility != Visibility.PRIVATE:
        return True
    return membership_of(user, space) is not None


def may_read(user, space: Space) -> bool:
    """Whether this person may read the space's content. Twin of SpaceQuerySet.visible_to."""
    if not space.live:
        return False
    if space.visibility == Visibility.OPEN:
        return True
    return membership_of(user, space) is not None


def may_work_as_board(user, space: Space) -> bool:
    """Members, chairs and convenors of a board may open its desk; observers may not."""
    place = membership_of(user, space)
    return place is not None and place.role != MemberRole.OBSERVER


def may_decide(user, space: Space) -> bool:
    """Members and chairs of a board decide."""
    place = membership_of(user, space)
    return place is not None and place.role in DECIDING_ROLES
