"""The programme's themes by API, for anyone."""

from django.db.models import Q
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.permissions import AllowAny

from engagement.themes.models import Action, Theme, ThemeQuerySet
from heard.paging import KeysetPagination
from heard.plaintext import clean_text


class ActionSerializer(serializers.ModelSerializer):
    class Meta:
        model = Action
        fields = ["number", "title"]


class ThemeSerializer(serializers.ModelSerializer):
    """A theme of the framework that is current, with its numbered actions."""

    url = serializers.CharField(source="get_absolute_url")
    framework = serializers.CharField(source="framework.slug")
    version = serializers.IntegerField(source="framework.version")
    lead_bodies = serializers.ListField(child=serializers.CharField())
    actions = ActionSerializer(many=True)

    class Meta:
        model = Theme
        fields = [
            "slug", "number", "title", "short", "summary", "url", "framework", "version",
            "lead_bodies", "actions",
        ]  # fmt: skip


class ByNumber(KeysetPagination):
    ordering = ("number", "id")


@extend_schema_view(
    list=extend_schema(
        parameters=[OpenApiParameter("q", str, description="Words in the title or the summary.")]
    )
)
class ThemeViewSet(viewsets.ReadOnlyModelViewSet):
    """What the programme is about: its themes, in order."""

    serializer_class = ThemeSerializer
    permission_classes = [AllowAny]
    pagination_class = ByNumber
    lookup_field = "slug"
    lookup_value_regex = "[-a-zA-Z0-9_]+"
    queryset = Theme.objects.none()

    def get_queryset(self) -> ThemeQuerySet:
        themes = Theme.objects.current().select_related("framework").prefetch_related("actions")
        if words := clean_text(self.request.query_params.get("q", ""))[:200].strip():
            themes = themes.filter(Q(title__icontains=words) | Q(summary__icontains=words))
        return themes
