"""Two doors to the live line: a cookie that comes from a page of ours, or a token.

A browser sends cookies unasked, also for another site's page: the cookie door asks for the origin.
No browser sends an Authorization header unasked: so the token door needs none.
"""

from channels.auth import AuthMiddlewareStack
from channels.db import database_sync_to_async
from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.db.utils import InterfaceError, OperationalError
from django.http.request import split_domain_port, validate_host
from knox.auth import TokenAuthentication
from psycopg_pool import PoolTimeout
from rest_framework.exceptions import AuthenticationFailed

from heard.notifications.who import Badge


class Doors:
    """Puts `badge` into the scope: what was shown, or None. A foreign page is refused outright."""

    def __init__(self, inner) -> None:
        self.by_token = TokenDoor(inner)
        self.by_cookie = AuthMiddlewareStack(CookieDoor(inner))
        self.refused = WebsocketDenier.as_asgi()

    async def __call__(self, scope, receive, send) -> None:
        headers = dict(scope["headers"])
        if b"authorization" in headers:
            door = self.by_token
        elif from_our_own_page(headers):
            door = self.by_cookie
        else:
            door = self.refused
        try:
            await door(scope, receive, send)
        except (OperationalError, InterfaceError, PoolTimeout):
            # Nobody can be known now. A refused handshake reads "come back", as it should.
            await self.refused(scope, receive, send)


class CookieDoor:
    """The badge of whoever the session says it is."""

    def __init__(self, inner) -> None:
        self.inner = inner

    async def __call__(self, scope, receive, send) -> None:
        badge = None
        if scope["user"].is_authenticated:
            badge = Badge(
                person=scope["user"].pk,
                session=scope["session"].session_key,
                password=scope["session"][HASH_SESSION_KEY],
            )
        await self.inner({**scope, "badge": badge}, receive, send)


class TokenDoor:
    """The badge of whoever holds the token, by the API's own rule."""

    def __init__(self, inner) -> None:
        self.inner = inner

    async def __call__(self, scope, receive, send) -> None:
        given = dict(scope["headers"])[b"authorization"]
        badge = await database_sync_to_async(badge_of_token)(given)
        await self.inner({**scope, "badge": badge}, receive, send)


def badge_of_token(authorization: bytes) -> Badge | None:
    """The badge for `Token ...`, or None when it is not one, is unknown, or has ended."""
    word, _, token = authorization.strip().partition(b" ")
    api = TokenAuthentication()
    if word.lower() != api.authenticate_header(None).lower().encode() or not token.isalnum():
        return None
    try:
        person, held = api.authenticate_credentials(token)
    except AuthenticationFailed:
        return None
    return Badge(person=person.pk, token=held.pk)


def from_our_own_page(headers: dict[bytes, bytes]) -> bool:
    """Whether the page that asks is ours: at the site's public address, or at the one it asks."""
    origin = headers.get(b"origin", b"").decode("latin1").lower()
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    scheme, _, place = origin.partition("://")
    name, _ = split_domain_port(place)
    if scheme not in {"http", "https"} or not validate_host(name, settings.ALLOWED_HOSTS):
        return False
    return headers.get(b"host", place.encode()).decode("latin1").lower() == place
