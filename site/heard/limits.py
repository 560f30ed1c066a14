"""Limits on how often something may be done, counted without keeping anybody's address.

The key is an HMAC of the address with a random key that lives in this process's memory and is thrown away each day.
Limits are set high enough for fifty people behind one address (a library, a hostel): they slow a flood, not a queue.
"""

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

DAY = 24 * 3600


@dataclass(frozen=True)
class Limit:
    """At most `most` acts of this kind from one address in `seconds`."""

    name: str
    most: int
    seconds: int


SHARE = Limit("share", 120, 3600)
RECEIPT = Limit("receipt", 30, 60)
RECEIPT_EVERYWHERE = Limit("receipt-everywhere", 600, 60)
API_WRITE = Limit("api-write", 240, 60)


class _DailyKey:
    """A random key that is forgotten after a day, so yesterday's hashes mean nothing today."""

    def __init__(self) -> None:
        self._day, self._key = -1, b""

    def get(self) -> bytes:
        day = int(time.time() // DAY)
        if day != self._day:
            self._day, self._key = day, secrets.token_bytes(32)
        return self._key


_daily = _DailyKey()


def caller(request: HttpRequest) -> str:
    """A name for where a request comes from that cannot be turned back into an address."""
    address = request.META.get("REMOTE_ADDR", "")
    return hmac.new(_daily.get(), address.encode(), hashlib.sha256).hexdigest()[:24]


def allowed(limit: Limit, who: str) -> bool:
    """Count one act and say whether it is within the limit. Always true where limits are off."""
    if not settings.LIMITS_ON:
        return True
    window = int(time.time() // limit.seconds)
    key = f"limit:{limit.name}:{who}:{window}"
    if cache.add(key, 1, limit.seconds):
        return True
    try:
        return cache.incr(key) <= limit.most
    except ValueError:  # it ran out between the two lines
        return True
