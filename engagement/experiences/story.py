"""The one cookie of the sharing journey: it holds the key of a story, sealed, and never a word of it.

It lasts as long as the browser's window. Outside this server it opens nothing: the key inside is
what the receipt is derived from, and the receipt is what opens the draft.
"""

import base64
import binascii
import json
import secrets
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from engagement.experiences import receipts

__all__ = [
    "COOKIE",
    "InvalidToken",
    "Story",
    "begin",
    "forget",
    "read",
    "remember",
    "seal",
    "unseal",
]

COOKIE = "__Host-heard_story" if settings.SECURE else "heard_story"
# How long a browser may be asked again for the receipt of what it sent, so that a page loaded twice
# shows it, and whoever sits down at a shared computer later does not see it.
SENT_SECONDS = 30 * 60


@dataclass(frozen=True)
class Story:
    """What somebody is telling: its key, and whether it has been sent."""

    key: str
    sent: bool = False

    @property
    def receipt(self) -> str:
        """The number it can be found by, now and after it is sent."""
        return receipts.derive(self.key)


def begin() -> Story:
    """A new story, with a key nobody can guess (192 bits)."""
    return Story(secrets.token_urlsafe(24))


def read(request: HttpRequest) -> Story | None:
    """The story this browser is telling, if its cookie is one of ours."""
    try:
        sealed = request.COOKIES.get(COOKIE, "")
        held = json.loads(unseal(sealed))
        if held["sent"]:
            unseal(sealed, seconds=SENT_SECONDS)
        return Story(str(held["key"]), bool(held["sent"]))
    except (InvalidToken, ValueError, KeyError, TypeError):
        return None


def remember(response: HttpResponse, story: Story) -> None:
    """Put the story's key into the browser, until its window closes."""
    sealed = seal(json.dumps({"key": story.key, "sent": story.sent}))
    response.set_cookie(
        COOKIE, sealed, path="/", secure=settings.SECURE, httponly=True, samesite="Lax"
    )


def forget(response: HttpResponse) -> None:
    """Take the key out of the browser."""
    response.delete_cookie(COOKIE, path="/", samesite="Lax")
    if settings.SECURE:  # a __Host- cookie is only taken out by one that is Secure too
        response.cookies[COOKIE]["secure"] = True


def seal(words: str) -> str:
    """Encrypt for a cookie."""
    return _fernet().encrypt(words.encode()).decode()


def unseal(token: str, *, seconds: int | None = None) -> str:
    """What was sealed, not longer ago than `seconds`. Raises InvalidToken for anything else."""
    try:
        return _fernet().decrypt(token.encode(), ttl=seconds).decode()
    except (binascii.Error, UnicodeError):
        raise InvalidToken from None


def _fernet() -> Fernet:
    secret = salted_hmac("heard.experiences.cookie", "", algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(secret))
