"""Spaces by API: whoever asks hears of those they may know of, and reads those they may read."""

from functools import cached_property

from django.db.models import Q
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers, viewsets
from rest_framework.permissions import AllowAny
from wagtail.rich_text import expand_db_html

from heard.paging import KeysetPagination
from heard.plaintext import clean_text
from heard.spaces.models import MemberRole, Membership, Space, SpaceQuerySet, SpaceState, Visibility


class SpaceSerializer(serializers.ModelSerializer):
    """A space. `host`, `state` and `how_it_works` are null for those who may only know of it."""

    kind = serializers.CharField(source="content_type.model")
    url = serializers.CharField()
    visibility = serializers.ChoiceField(choices=Visibility.choices)
    state = serializers.SerializerMethodField()
    host = serializers.SerializerMethodField()
    how_it_works = serializers.SerializerMethodField(help_text="HTML.")
    your_role = serializers.SerializerMethodField()

    class Meta:
        model = Space
        fields = [
            "slug", "title", "kind", "url", "purpose", "visibility", "state", "host",
            "how_it_works", "your_role",
        ]  # fmt: skip

    def _may_read(self, space: Space) -> bool:
        return space.visibility == Visibility.OPEN or space.pk in self.context["places"]

    def get_state(self, space: Space) -> SpaceState | None:
        return SpaceState(space.state) if self._may_read(space) else None

    def get_host(self, space: Space) -> str | None:
        return space.host if self._may_read(space) else None

    def get_how_it_works(self, space: Space) -> str | None:
        return expand_db_html(space.how_it_works) if self._may_read(space) else None

    def get_your_role(self, space: Space) -> MemberRole | None:
        return self.context["places"].get(space.pk)


class ByName(KeysetPagination):
    ordering = ("title", "id")


@extend_schema_view(
    list=extend_schema(
        parameters=[OpenApiParameter("q", str, description="Words in the title or the purpose.")]
    )
)
class SpaceViewSet(viewsets.ReadOnlyModelViewSet):
    """Where people meet. A private space is there for its own members only."""

    serializer_class = SpaceSerializer
    permission_classes = [AllowAny]
    pagination_class = ByName
    lookup_field = "slug"
    lookup_value_regex = r"[-\w]+"
    queryset = Space.objects.none()

    @cached_property
    def _places(self) -> dict[int, str]:
        mine = Membership.objects.current().of(self.request.user)
        return dict(mine.values_list("space_id", "role"))

    def get_serializer_context(self) -> dict:
        context = super().get_serializer_context()
        # Asked for by the schema too, where nobody is asking.
        return {**context, "places": self._places if self.request else {}}

    def get_queryset(self) -> SpaceQuerySet:
        spaces = Space.objects.known_to(self.request.user).select_related("content_type")
        if words := clean_text(self.request.query_params.get("q", ""))[:200].strip():
            spaces = spaces.filter(Q(title__icontains=words) | Q(purpose__icontains=words))
        return spaces
