"""The demo's people: who they are, what they may do and where they have a place."""

import os
import secrets
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password

from engagement.themes.models import Theme, ThemeLead
from heard.accounts.models import Role, User
from heard.accounts.services import give_role
from heard.spaces.models import Board, Group, MemberRole, Space, SpacesPage, Visibility
from heard.spaces.services import join

LEADS = ("homes-housing", "poverty-income-debt")
PASSWORD_FILE = "demo_password"  # noqa: S105 - the name of the file, not what is in it


@dataclass(frozen=True)
class Person:
    """One demo person; `board` and `group` are their roles in the two demo spaces."""

    who: str
    name: str
    does: str
    role: str = ""
    board: str = ""
    group: str = ""

    @property
    def email(self) -> str:
        return f"{self.who}@heard.test"


PEOPLE = (
    Person("resident", "Rosa", "shares, and comes back with a receipt"),
    Person("member", "Tomasz", "is a member of a private group", group=MemberRole.MEMBER),
    Person("commissioner", "Denise", "is a member of a private group", group=MemberRole.MEMBER),
    Person("convenor", "Yusuf", "convenes a private group", group=MemberRole.CONVENOR),
    Person("moderator", "Amir", "reads, redacts and clears", role=Role.MODERATOR),
    Person("lead", "Grace", "leads the themes of homes and money"),
    Person("board", "Bea", "is a member of the programme board", board=MemberRole.MEMBER),
    Person("chair", "Colette", "chairs the programme board", board=MemberRole.CHAIR),
    Person("manager", "Mo", "manages the programme", role=Role.MANAGER),
    Person("safeguarding", "Sam", "sees what may be danger", role=Role.SAFEGUARDING),
    Person("editor", "Edie", "writes the pages", role=Role.EDITOR),
    Person("admin", "Ada", "looks after the site", role=Role.ADMINISTRATOR),
)

GROUPS = (
    {
        "slug": "anti-poverty-insight-group",
        "title": "Anti-Poverty Insight Group",
        "purpose": "People who know poverty at first hand decide together what the programme "
        "should look at first.",
        "how_it_works": "<p>We meet on the first Thursday of the month. What is said here stays "
        "here until the person who said it says otherwise. Travel and childcare are paid on the "
        "day.</p>",
        "host": "Externally hosted",
        "visibility": Visibility.PRIVATE,
    },
    {
        "slug": "community-engagement-practice",
        "title": "Community Engagement Community of Practice",
        "purpose": "People who work with communities learn from each other what works.",
        "how_it_works": "<p>Anyone may read what we learn. We meet every six weeks, online and "
        "in a different ward each time.</p>",
        "host": "Manchester City Council, Public Health",
        "visibility": Visibility.OPEN,
    },
)


def demo_password() -> str:
    """The one password of all demo people: from the environment, or made once and kept."""
    if given := os.environ.get("HEARD_DEMO_PASSWORD", ""):
        return given
    path = settings.DATA / PASSWORD_FILE
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        made = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(made, "w") as file:
            file.write(secrets.token_urlsafe(12))
    return path.read_text().strip()


def load_people(password: str) -> dict[str, User]:
    """{"moderator": User}: all demo people, able to sign in with this password. Safe to repeat."""
    hashed = _hashed(password)
    found = {person.who: _person(person, hashed) for person in PEOPLE}
    for slug in LEADS:
        for theme in Theme.objects.current().filter(slug=slug):
            ThemeLead.objects.get_or_create(theme=theme, person=found["lead"])
    return found


def load_places(people: dict[str, User], board: Board) -> None:
    """The two demo groups, and everyone's place in them and on the board. Safe to repeat."""
    private, _open = [_group(facts) for facts in GROUPS]
    for person in PEOPLE:
        if person.board:
            _place(board, people[person.who], person.board)
        if person.group:
            _place(private, people[person.who], person.group)


def _hashed(password: str) -> str:
    """One hash for all twelve, the one they have when it still fits: hashing is slow by design.

    That they share it gives nothing away: the sign-ins of a demo are public.
    """
    kept = User.objects.filter(email=PEOPLE[0].email).values_list("password", flat=True).first()
    return kept if kept and check_password(password, kept) else make_password(password)


def _person(person: Person, hashed: str) -> User:
    user, _ = User.objects.get_or_create(
        email=person.email, defaults={"name": person.name, "password": hashed}
    )
    if user.password != hashed:
        user.password = hashed
        user.save(update_fields=["password"])
    EmailAddress.objects.get_or_create(
        user=user, email=person.email, defaults={"verified": True, "primary": True}
    )
    if person.role and person.role not in user.roles:
        give_role(person=user, role=person.role)
    return user


def _place(space: Space, user: User, role: str) -> None:
    if not space.memberships.filter(person=user, role=role).exists():
        join(space=space, person=user, role=role)


def _group(facts: dict) -> Group:
    found = Group.objects.filter(slug=facts["slug"]).first()
    return found or SpacesPage.objects.get().add_child(instance=Group(**facts))
