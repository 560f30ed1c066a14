"""The smallest deed that tells, behind Heard's own middleware: one row of its own, one notification."""

import json

from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from heard import health, views
from heard.moderation.models import QueueItem
from heard.notifications.services import tell

BOARD = "role:manager"


@csrf_exempt
@require_POST
def post(request: HttpRequest) -> JsonResponse:
    """{"key", "audience"?}: one row with this key, and the audience is told of it."""
    given = json.loads(request.body)
    key, audience = given["key"], given.get("audience", BOARD)
    with transaction.atomic():
        QueueItem.objects.create(kind="load", object_id=key)
        tell(audience, kind="referral.created", object_id=key, url="/board/")
    return JsonResponse({"key": key}, status=201)


urlpatterns = [
    path("post", post),
    path("healthz", views.healthz),
    path("readyz", health.readyz),
]
