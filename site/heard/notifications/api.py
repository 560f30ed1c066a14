"""`GET /api/v1/notifications/`: the live line for whoever has no socket, by the same cursor."""

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from heard.notifications.rows import cursor_in
from heard.notifications.services import missed_by

SIZE = 100


class NotificationSerializer(serializers.Serializer):
    """One thing that somebody should know; what it says is at `url`."""

    cursor = serializers.IntegerField()
    kind = serializers.CharField()
    id = serializers.CharField(allow_blank=True)
    url = serializers.CharField(allow_blank=True)


class NotificationPageSerializer(serializers.Serializer):
    results = NotificationSerializer(many=True)
    next = serializers.CharField(allow_null=True)


class NotificationsView(APIView):
    @extend_schema(
        parameters=[OpenApiParameter("since", int, description="The last cursor you have seen.")],
        responses=NotificationPageSerializer,
        operation_id="notifications_list",
    )
    def get(self, request) -> Response:
        """What you should know since your cursor, oldest first; `next` when there is more."""
        try:
            since = cursor_in(request.query_params.get("since", "0"))
        except ValueError as error:
            raise ValidationError({"since": [str(error)]}) from None
        rows = missed_by(request.user, since=since, most=SIZE)
        more = len(rows) == SIZE
        address = request.build_absolute_uri(f"?since={rows[-1].id}") if more else None
        return Response({"results": [row.shown for row in rows], "next": address})
