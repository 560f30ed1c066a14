"""Published answers by API: anyone reads them, boards and programme managers publish them."""

from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import (
    OpenApiParameter,
    extend_schema,
    extend_schema_field,
    extend_schema_view,
)
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.response import Response as Answer

from engagement.board.api import Words
from engagement.board.models import Decision
from engagement.experiences.models import Experience
from engagement.responses import services
from engagement.responses.models import Outcome, Response
from engagement.responses.pages import Card, cards, to_read
from engagement.responses.permissions import may_publish
from engagement.themes.models import District
from heard.plaintext import clean_text
from heard.problems import Conflict

FILTERS = [
    OpenApiParameter("theme", str, description="A theme's slug."),
    OpenApiParameter("district", str, description="A district's slug."),
    OpenApiParameter("q", str, description="Words in the heading or in what was heard."),
]


@extend_schema_field(str)
class Slugs(serializers.SlugRelatedField):
    """Rows named by their slugs."""

    def __init__(self, **options: Any) -> None:
        super().__init__(slug_field="slug", **options)


class SaidSerializer(serializers.Serializer):
    """A quoted passage; no words when the person took them back."""

    words = serializers.CharField()
    taken_back = serializers.BooleanField()


class ResponseSerializer(serializers.Serializer):
    """A published answer. How many people spoke is said in words, and rounded."""

    id = serializers.IntegerField(source="response.pk")
    url = serializers.CharField(source="response.get_absolute_url")
    title = serializers.CharField(source="response.title")
    outcome = serializers.ChoiceField(source="response.outcome", choices=Outcome.choices)
    heard = serializers.CharField(source="response.heard")
    people = serializers.CharField()
    decided = serializers.CharField()
    reason = serializers.CharField(source="response.reason")
    next_step = serializers.CharField(source="response.next_step")
    next_date = serializers.DateField(source="response.next_date", allow_null=True)
    themes = Slugs(source="response.themes", many=True, read_only=True)
    districts = Slugs(source="response.districts", many=True, read_only=True)
    quotes = SaidSerializer(many=True)
    published_on = serializers.DateField(source="response.published_on")


class NewQuoteSerializer(serializers.Serializer):
    """From `start` up to and not with `end` in the experience's cleared text."""

    experience = serializers.CharField(max_length=12)
    start = serializers.IntegerField(min_value=0, max_value=10_000)
    end = serializers.IntegerField(min_value=1, max_value=10_000)


class NewResponseSerializer(serializers.Serializer):
    """Reason and next step are the decision's own where they are left out."""

    decision = serializers.IntegerField(min_value=1, max_value=2**62)
    title = Words(max_length=200)
    heard = Words(max_length=2000)
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    reason = Words(max_length=2000, required=False)
    next_step = Words(max_length=1000, required=False, allow_blank=True)
    next_date = serializers.DateField(required=False, allow_null=True, default=None)
    districts = serializers.ListField(child=serializers.SlugField(), max_length=50, required=False)
    quotes = NewQuoteSerializer(many=True, required=False, default=list)

    def validate_districts(self, slugs: list[str]) -> list[District]:
        found = list(District.objects.filter(slug__in=slugs))
        if {district.slug for district in found} != set(slugs):
            raise ValidationError(_("There is no such district."))
        return found

    def validate_next_date(self, day):
        if day and day <= timezone.localdate():
            raise ValidationError(_("Choose a date that is still to come."))
        return day


@extend_schema_view(list=extend_schema(parameters=FILTERS))
class ResponseViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """You said, we did: what was heard, what was decided, why, and what happens next."""

    serializer_class = ResponseSerializer
    permission_classes = [IsAuthenticatedOrReadOnly]
    queryset = Response.objects.none()
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self):
        found = Response.objects.all()
        query = self.request.query_params
        asked = {name: clean_text(query.get(name, "")) for name in ("theme", "district", "q")}
        if theme := asked.get("theme"):
            found = found.filter(themes__slug=theme, themes__framework__is_current=True)
        if district := asked.get("district"):
            found = found.filter(districts__slug=district)
        if words := asked.get("q", "").strip()[:200]:
            found = found.filter(Q(title__icontains=words) | Q(heard__icontains=words))
        return to_read(found)

    def get_serializer(self, *args: Any, **options: Any):
        """Rows become cards first: what may be quoted is read once for the whole page."""
        if args and isinstance(args[0], list):
            args = (cards(args[0]), *args[1:])
        elif args and isinstance(args[0], Response):
            args = (cards([args[0]])[0], *args[1:])
        return super().get_serializer(*args, **options)

    @extend_schema(request=NewResponseSerializer, responses={201: ResponseSerializer})
    def create(self, request: Request) -> Answer:
        """Publish the answer to a decision. 409 when it has one, or when the decision is
        provisional.
        """
        asked = NewResponseSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = dict(asked.validated_data)
        decision = self._decision(request, given.pop("decision"))
        given.setdefault("reason", decision.reason)
        given.setdefault("next_step", decision.next_step)
        given["quotes"] = _quotes(given["quotes"])
        try:
            made = services.publish_response(decision=decision, by=request.user, **given)
        except services.AlreadyPublished as earlier:
            raise Conflict(_("This decision has its published answer.")) from earlier
        except services.NotFinal as early:
            raise Conflict(_("The decision is provisional and cannot be answered yet.")) from early
        except services.MayNotQuote as refused:
            raise ValidationError({"quotes": [_("These words may not be quoted.")]}) from refused
        shown = to_read(Response.objects.all()).get(pk=made.pk)
        card: Card = cards([shown])[0]
        return Answer(ResponseSerializer(card).data, status=status.HTTP_201_CREATED)

    def _decision(self, request: Request, pk: int) -> Decision:
        seen = Decision.objects.visible_to(request.user).select_related("insight__board")
        decision = get_object_or_404(seen, pk=pk)
        if not may_publish(request.user, decision):
            raise PermissionDenied
        return decision


def _quotes(asked: list[dict[str, Any]]) -> list[tuple[Experience, int, int]]:
    """Quotes by reference. One that nobody knows is refused in the same words as one that said no."""
    names = {quote["experience"] for quote in asked}
    found = {one.reference: one for one in Experience.objects.filter(reference__in=names)}
    if names - set(found):
        raise ValidationError({"quotes": [_("These words may not be quoted.")]})
    return [(found[quote["experience"]], quote["start"], quote["end"]) for quote in asked]
