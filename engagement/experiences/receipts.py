"""Receipt numbers: how one is made, read back and kept. Nothing here touches the database.

A receipt is 20 digits derived from a server secret and the form's (or the caller's) idempotency
key, so that a retry answers the same number without the number ever being stored. Rows hold keyed
digests only: whoever steals the database has no receipt, and no way to try guesses against it.
"""

import json
import secrets
from collections.abc import Mapping
from typing import Any

from django.utils.crypto import salted_hmac

DIGITS = 20
# Nothing that is taken for another when read aloud or by hand, and no vowels to make words.
_ALPHABET = "2346789CDFGHJKMNPQRTVWXYZ"
_MOST = 64  # longer than any way of writing twenty digits; what is longer is not read at all
_SEPARATORS = " \t\r\n-\u00a0\u2007\u2009\u202f\u2010\u2011\u2012\u2013\u2014\u2212._/"
_UNSEEN = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)
_DROPPED = dict.fromkeys(map(ord, _SEPARATORS + _UNSEEN))
_READ = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789") | _DROPPED


def derive(key: str) -> str:
    """The receipt of this idempotency key: always the same, spread evenly over all numbers."""
    # 256 bits taken modulo 10^20 lean towards some numbers by less than one part in 10^57.
    number = int(_keyed("receipt", key), 16) % 10**DIGITS
    return f"{number:0{DIGITS}d}"


def digest(receipt: str) -> str:
    """What is stored in place of a (normalised) receipt."""
    return _keyed("digest", receipt)


def key_digest(key: str) -> str:
    """What is stored in place of an idempotency key."""
    return _keyed("key", key)


def body_digest(body: Mapping[str, Any]) -> str:
    """What tells one body from another sent under the same key, without keeping either."""
    return _keyed("body", json.dumps(body, sort_keys=True, ensure_ascii=True, default=str))


def normalise(typed: object) -> str | None:
    """The 20 digits in what somebody typed, or None.

    Forgives spaces, dashes and the marks that come along when copying, and reads Arabic-Indic and
    Persian digits.
    """
    if not isinstance(typed, str) or len(typed) > _MOST:
        return None
    digits = typed.translate(_READ)
    return digits if len(digits) == DIGITS and digits.isascii() and digits.isdecimal() else None


def group_in_fours(receipt: str) -> str:
    """The receipt as it is read out: "4718 0362 9955 2041 7386"."""
    return " ".join(receipt[start : start + 4] for start in range(0, len(receipt), 4))


def new_reference() -> str:
    """A random name for an experience, such as HD-7K2M-Q9: it counts nothing and opens nothing."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(6))
    return f"HD-{letters[:4]}-{letters[4:]}"


def _keyed(what: str, value: str) -> str:
    return salted_hmac(f"heard.experiences.{what}", value, algorithm="sha256").hexdigest()
