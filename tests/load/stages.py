"""The deeds that a load run posts, and the people who hear of them."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from knox.models import AuthToken

from engagement.experiences.models import Purpose
from engagement.experiences.services import share_experience
from engagement.routing.services import clear_experience
from engagement.themes.models import Theme
from heard.accounts.models import User
from tests.factories import BoardFactory, RouteFactory, ThemeFactory, UserFactory
from tests.load.crowd import people

WORDS = "The flat has been damp since the winter before last, and the letters go unanswered. "


@dataclass
class Post:
    path: str
    body: dict
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Stage:
    """What one form of serving is measured with."""

    tokens: list[str]
    posts: Iterator[Post]
    rows: int  # that one deed inserts


def on_the_floor(listeners: int, how_many: int, rows: int) -> Stage:
    """The bare server knows nobody: any token will do."""
    posts = (Post("/post", {"key": secrets.token_hex(8)}) for _ in range(how_many))
    return Stage(["-"] * listeners, posts, rows)


def small_deeds(listeners: int, how_many: int, role: str) -> Stage:
    """One row and one notification, to an audience of this stage's own."""
    audience = f"role:{role}"
    posts = (
        Post("/post", {"key": secrets.token_hex(8), "audience": audience}) for _ in range(how_many)
    )
    return Stage(people(listeners, roles=[role]), posts, rows=2)


def clearings(listeners: int, how_many: int, name: str) -> Stage:
    """A moderator clears what residents shared, and a board of this stage's own is sent it."""
    name = f"{name}-{secrets.token_hex(4)}"
    board = BoardFactory(title=f"Board {name}", slug=name)
    theme = ThemeFactory(slug=f"theme-{name}")
    RouteFactory(theme=theme, board=board)
    moderator = UserFactory(moderator=True, password=None, email=f"{name}@heard.test")
    headers = {"Authorization": f"Token {AuthToken.objects.create(moderator)[1]}"}
    shared = [share() for _ in range(how_many + 1)]
    rows = rows_of_one_clearing(shared.pop(), moderator, theme)
    posts = (
        Post(f"/api/v1/experiences/{one.reference}/clear/", {"themes": [theme.slug]}, headers)
        for one in shared
    )
    return Stage(people(listeners, member_of=board), posts, rows)


def share():
    key = secrets.token_hex(16)
    return share_experience(key=key, text=WORDS + key, consents=[Purpose.INSIGHT]).experience


def rows_of_one_clearing(experience, moderator: User, theme: Theme) -> int:
    """How many rows it leaves behind that were not there before."""
    before = counts()
    clear_experience(experience=experience, by=moderator, themes=[theme])
    after = counts()
    return sum(max(0, after[model] - before[model]) for model in before)


def counts() -> dict:
    return {model: model._base_manager.count() for model in apps.get_models()}
