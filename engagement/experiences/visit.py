"""The cookie of somebody who has opened a receipt: sealed, for half an hour, for /receipt/ alone."""

import json
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from engagement.experiences import story
from engagement.experiences.models import Experience, Receipt

COOKIE = "__Secure-heard_receipt" if settings.SECURE else "heard_receipt"
SECONDS = 30 * 60
PATH = "/receipt/"


def remember(response: HttpResponse, experience: Experience) -> None:
    """The receipt of this experience stays open for half an hour from now."""
    held = {"experience": str(experience.pk), "digest": experience.receipt.digest}
    response.set_cookie(
        COOKIE,
        story.seal(json.dumps(held)),
        max_age=SECONDS,
        path=PATH,
        secure=settings.SECURE,
        httponly=True,
        samesite="Lax",
    )


def read(request: HttpRequest) -> Experience | None:
    """The experience whose receipt is open in this browser."""
    try:
        held = json.loads(story.unseal(request.COOKIES.get(COOKIE, ""), seconds=SECONDS))
        wanted = {"experience": UUID(held["experience"]), "digest": held["digest"]}
    except (InvalidToken, ValueError, KeyError, TypeError):
        return None
    row = Receipt.objects.select_related("experience").filter(**wanted).first()
    return row.experience if row else None


def forget(response: HttpResponse) -> None:
    """The receipt is closed."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
    if settings.SECURE:
        response.cookies[COOKIE]["secure"] = True
