"""Who may hear what, now: asked at the door, after a change, and of everyone every few seconds."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone
from knox.models import get_token_model

from heard.notifications.audiences import audiences_of

Read = Callable[
    ..., Awaitable[Any]
]  # runs a plain function with a database connection, in a thread
PORTION = 500  # badges looked up at once: well below what either database takes as parameters


@dataclass(frozen=True)
class Badge:
    """What somebody showed at the door. It holds as long as all of it does."""

    person: int
    session: str = ""
    password: str = ""  # the session's proof that the password is still the same
    token: str = ""  # the digest of an API token


def standing(badges: Iterable[Badge]) -> dict[Badge, frozenset[str]]:
    """The audiences of each badge that still holds; others are missing. A few queries for all."""
    badges = list(badges)
    people = get_user_model().objects.filter(is_active=True).in_bulk({b.person for b in badges})
    passwords = {pk: person.get_session_auth_hash() for pk, person in people.items()}
    now = timezone.now()
    sessions = Session.objects.filter(expire_date__gt=now)
    tokens = get_token_model().objects.filter(Q(expiry__isnull=True) | Q(expiry__gt=now))
    held = {
        "",
        *sessions.filter(pk__in=[b.session for b in badges if b.session]).values_list(
            "pk", flat=True
        ),
        *tokens.filter(pk__in=[b.token for b in badges if b.token]).values_list("pk", flat=True),
    }
    audiences = audiences_of(list(people))
    return {
        badge: frozenset(audiences[badge.person])
        for badge in badges
        if badge.person in audiences
        and badge.session in held
        and badge.token in held
        and badge.password in ("", passwords[badge.person])
    }


class Who:
    """Asks for many sockets at once: all who ask in the same moment share one look."""

    def __init__(self, read: Read) -> None:
        self.in_thread = read
        self._asking: dict[Badge, list[asyncio.Future]] = defaultdict(list)
        self._answering: asyncio.Task | None = None

    async def ask(self, badge: Badge) -> frozenset[str] | None:
        """This badge's audiences from now on, or None when it no longer holds."""
        answer = asyncio.get_running_loop().create_future()
        self._asking[badge].append(answer)
        if self._answering is None or self._answering.done():
            self._answering = asyncio.create_task(self._answer())
        return await answer

    async def _answer(self) -> None:
        while self._asking:
            portion = {badge: self._asking.pop(badge) for badge in list(self._asking)[:PORTION]}
            try:
                now = await self.in_thread(standing, portion)
            except Exception as error:
                for waiting in portion.values():
                    _settle(waiting, error=error)
            else:
                for badge, waiting in portion.items():
                    _settle(waiting, now.get(badge))


def _settle(waiting: list[asyncio.Future], answer=None, *, error: Exception | None = None) -> None:
    for future in waiting:
        if future.done():  # whoever asked has left
            continue
        if error is None:
            future.set_result(answer)
        else:
            future.set_exception(error)
