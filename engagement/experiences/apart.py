"""Equality answers, kept apart from the words: no link, no day, no telling from order of arrival.

A table keeps its rows in the order in which they were written, so the hundredth answers would point
at the hundredth experience. Each time answers come in, some rows that were there are written again
among them, shuffled.
"""

import random
import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from engagement.experiences.models import EqualityAnswers

_MIXED_WITH = 9
_chance = random.SystemRandom()


@transaction.atomic
def keep(answers: Mapping[str, Any]) -> None:
    """Keep these answers under their month only, shuffled in among others of that month."""
    month = timezone.localdate().replace(day=1)
    # The race: two people's answers shuffle the same rows. A row that another is moving is left
    # alone (PostgreSQL skips it; SQLite lets one writer in at a time).
    others = list(
        EqualityAnswers.objects.select_for_update(skip_locked=True)
        .filter(month=month, id__gte=uuid.uuid4())
        .order_by("id")[:_MIXED_WITH]
    )
    EqualityAnswers.objects.filter(pk__in=[row.pk for row in others]).delete()
    rows = [EqualityAnswers(answers=row.answers, month=month) for row in others]
    rows.append(EqualityAnswers(answers=dict(answers), month=month))
    _chance.shuffle(rows)
    EqualityAnswers.objects.bulk_create(rows)
