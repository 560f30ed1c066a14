"""A story not yet sent. Each row is encrypted with a key that only its receipt number gives.

The row is found by the receipt's keyed digest and opened by another keyed hash of it, so a copy of
the database opens none. Whoever holds both the database and the server's secret could open one
only by guessing its twenty digits.
"""

import base64
import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from cryptography.fernet import Fernet
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from engagement.experiences import receipts
from engagement.experiences.models import Draft, Receipt

DAYS = 30


class AlreadySent(Exception):
    """The story under this key has been sent; what came now would be another."""


def open_draft(receipt: str) -> dict[str, Any] | None:
    """What was written so far, or None when nothing waits under this receipt."""
    row = Draft.objects.filter(digest=receipts.digest(receipt)).first()
    return _unseal(row, receipt) if row else None


@transaction.atomic
def keep_draft(*, key: str, changes: Mapping[str, Any]) -> dict[str, Any]:
    """These answers join what was written under this key. Raises AlreadySent when that was sent."""
    receipt = receipts.derive(key)
    digest = receipts.digest(receipt)
    # The race: two tabs write at once. The row's lock makes the second add to what the first wrote.
    row = Draft.objects.select_for_update().filter(digest=digest).first()
    if row is None and Receipt.objects.filter(digest=digest).exists():
        raise AlreadySent
    held = _unseal(row, receipt) if row else {}
    held |= {**changes, "key": key}
    Draft.objects.update_or_create(
        digest=digest, defaults={"sealed": _seal(held, receipt), "touched_on": timezone.localdate()}
    )
    return held


def forget_draft(receipt: str) -> None:
    """What was written under this receipt is gone."""
    Draft.objects.filter(digest=receipts.digest(receipt)).delete()


def forget_old_drafts() -> int:
    """Stories that nobody touched for 30 days are gone. Says how many. Safe to repeat."""
    limit = timezone.localdate() - timedelta(days=DAYS)
    return Draft.objects.filter(touched_on__lt=limit).delete()[0]


def _seal(held: Mapping[str, Any], receipt: str) -> bytes:
    return _fernet(receipt).encrypt(json.dumps(held).encode())


def _unseal(row: Draft, receipt: str) -> dict[str, Any]:
    return json.loads(_fernet(receipt).decrypt(bytes(row.sealed)))


def _fernet(receipt: str) -> Fernet:
    secret = salted_hmac("heard.experiences.draft", receipt, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(secret))
