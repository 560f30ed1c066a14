"""Errors of the API, as `application/problem+json` (RFC 9457)."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions, serializers, status
from rest_framework.response import Response
from rest_framework.views import set_rollback

TYPE = "application/problem+json"


class ProblemSerializer(serializers.Serializer):
    """A problem document, as the schema describes it."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    # The field takes the place of the serializer's own attribute, which describing does not need.
    errors = serializers.DictField(  # type: ignore[assignment]
        required=False, help_text="Lists of messages, by field."
    )


class Conflict(exceptions.APIException):
    """Something else happened first, or the same key came with another body."""

    status_code = status.HTTP_409_CONFLICT
    default_detail = "This was changed or sent before."
    default_code = "conflict"


def problem(code: int, title: str, errors: object = None, headers: dict | None = None) -> Response:
    """A problem document; `errors` are lists of messages by field."""
    body: dict[str, object] = {"type": "about:blank", "title": title, "status": code}
    if errors:
        body["errors"] = errors
    return Response(body, status=code, headers=headers, content_type=TYPE)


def answer(error: Exception, context: dict) -> Response | None:
    """DRF's exception handler: every error that is ours becomes a problem document."""
    if isinstance(error, Http404):
        error = exceptions.NotFound("There is nothing here, or nothing that you may see.")
    elif isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if not isinstance(error, exceptions.APIException):
        return None
    set_rollback()
    headers = {}
    if challenge := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        headers["Retry-After"] = str(int(wait) + 1)
    if isinstance(error, exceptions.ValidationError):
        return problem(error.status_code, "Some of what was sent cannot be used.", error.detail)
    return problem(error.status_code, str(error.detail), headers=headers)
