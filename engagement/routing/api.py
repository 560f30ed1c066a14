"""Clearing by API, and what boards and theme leads were sent: the cleared words, never the raw ones."""

from functools import cached_property
from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_field,
    extend_schema_view,
)
from rest_framework import serializers, viewsets
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from engagement.experiences.models import Experience, Purpose
from engagement.routing import services
from engagement.routing.because import in_words
from engagement.routing.kinds import MatterFacts, facts_of
from engagement.routing.models import Matter, Referral, ReferralQuerySet, ReferralState
from engagement.themes.models import Theme
from heard.moderation.permissions import may_moderate
from heard.plaintext import clean_text, is_blank
from heard.problems import Conflict, ProblemSerializer
from heard.templatetags.heard import about_count

LONGEST = 10_000
MOST_THEMES = 20
MATCHES = (
    1000  # matters looked at for one search: a search in two steps stays fast when nothing fits
)
MANY = serializers.ListField(child=serializers.CharField())
PROBLEM = OpenApiResponse(ProblemSerializer, description="application/problem+json")


class Words(serializers.CharField):
    """Plain words. With nothing to see in them they are as empty as none."""

    def to_internal_value(self, data: Any) -> str:
        words = clean_text(super().to_internal_value(data)).strip()
        if is_blank(words) and not self.allow_blank:
            self.fail("blank")
        return "" if is_blank(words) else words


class ClearSerializer(serializers.Serializer):
    """What a moderator confirms. `text` is the words with details taken out; without it the writer's
    own words are passed on. Without a title or summary they are offered from the cleared words.
    """

    themes = serializers.SlugRelatedField(
        many=True, slug_field="slug", queryset=Theme.objects.current(), allow_empty=False
    )
    title = Words(max_length=200, required=False, allow_blank=True, default="")
    summary = Words(max_length=500, required=False, allow_blank=True, default="")
    text = Words(max_length=LONGEST, required=False)
    better = Words(max_length=LONGEST, required=False, allow_blank=True)

    def validate_themes(self, themes: list[Theme]) -> list[Theme]:
        """Each once."""
        return list(dict.fromkeys(themes))[:MOST_THEMES]


class ClearedSerializer(serializers.Serializer):
    """What clearing came to."""

    reference = serializers.CharField()
    state = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    themes = serializers.ListField(child=serializers.CharField())


class ClearView(APIView):
    """`POST experiences/<reference>/clear/`, for moderators."""

    @extend_schema(
        request=ClearSerializer,
        responses={
            200: ClearedSerializer,
            400: PROBLEM,
            401: PROBLEM,
            403: PROBLEM,
            404: PROBLEM,
            409: PROBLEM,
        },
    )
    def post(self, request: Request, reference: str) -> Response:
        """Pass an experience on. 409 when somebody was first, or its writer did not agree to it."""
        if not may_moderate(
            request.user
        ):  # before anything is looked up: it says nothing of what exists
            raise PermissionDenied
        experience = get_object_or_404(Experience, reference=reference)
        asked = ClearSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        try:
            matter = services.clear_experience(
                experience=experience, by=request.user, **asked.validated_data
            )
        except services.CannotClear as error:
            raise Conflict(_why_not(error)) from error
        except services.Refused as refused:
            raise Conflict(_who_was_first(refused)) from refused
        body = {
            "reference": matter.reference,
            "state": experience.state,
            "title": matter.title,
            "summary": matter.summary,
            "themes": [theme.slug for theme in asked.validated_data["themes"]],
        }
        return Response(ClearedSerializer(body).data)


class ReferralSerializer(serializers.ModelSerializer):
    """What a board, or a theme's leads, were sent. What was recalled or taken back has no words."""

    kind = serializers.CharField(source="matter.kind")
    reference = serializers.CharField(source="matter.reference")
    title = serializers.SerializerMethodField()
    summary = serializers.SerializerMethodField()
    themes = serializers.SerializerMethodField()
    district = serializers.SerializerMethodField()
    people = serializers.SerializerMethodField(
        help_text="How many say the same, rounded, in words."
    )
    text = serializers.SerializerMethodField()
    better = serializers.SerializerMethodField()
    quote = serializers.SerializerMethodField(help_text="Whether the words may be quoted.")
    withdrawn = serializers.SerializerMethodField()
    because = serializers.SerializerMethodField(help_text="Why it was sent, a sentence a rule.")
    url = serializers.CharField()

    class Meta:
        model = Referral
        fields = [
            "id", "kind", "reference", "title", "summary", "themes", "district", "people",
            "text", "better", "quote", "withdrawn", "because", "state", "made", "url",
        ]  # fmt: skip
        read_only_fields = fields

    @cached_property
    def _facts(self) -> dict[int, MatterFacts]:
        """What all the matters of this answer say now, asked for at once."""
        rows: Any = self.parent.instance if self.parent is not None else [self.instance]
        return facts_of([row.matter for row in rows])

    def _told(self, referral: Referral) -> MatterFacts:
        told = self._facts[referral.matter_id]
        return (
            told
            if _has_words(referral) and not told.withdrawn
            else MatterFacts(withdrawn=told.withdrawn)
        )

    def get_title(self, referral: Referral) -> str:
        return referral.matter.title if _has_words(referral) else ""

    def get_summary(self, referral: Referral) -> str:
        return referral.matter.summary if _has_words(referral) else ""

    @extend_schema_field(MANY)
    def get_themes(self, referral: Referral) -> list[str]:
        return [theme.slug for theme in referral.matter.themes.all()]

    @extend_schema_field(serializers.SlugField(allow_null=True))
    def get_district(self, referral: Referral) -> str | None:
        return referral.matter.district.slug if referral.matter.district else None

    def get_people(self, referral: Referral) -> str:
        return about_count(referral.matter.people)

    def get_text(self, referral: Referral) -> str:
        return self._told(referral).text

    def get_better(self, referral: Referral) -> str:
        return self._told(referral).better

    def get_quote(self, referral: Referral) -> bool:
        return Purpose.QUOTE in self._told(referral).consents

    def get_withdrawn(self, referral: Referral) -> bool:
        return referral.matter.withdrawn or self._told(referral).withdrawn

    @extend_schema_field(MANY)
    def get_because(self, referral: Referral) -> list[str]:
        return in_words(referral.because)


@extend_schema_view(
    list=extend_schema(
        parameters=[
            OpenApiParameter("theme", str, description="The slug of a theme."),
            OpenApiParameter(
                "q", str, description="Words in the heading, the line or the reference."
            ),
        ]
    )
)
class ReferralViewSet(viewsets.ReadOnlyModelViewSet):
    """What was sent to one's boards and to the themes one leads, newest first."""

    serializer_class = ReferralSerializer
    queryset = Referral.objects.none()
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self) -> ReferralQuerySet:
        seen = Referral.objects.visible_to(self.request.user)
        if self.detail:
            return _whole(seen)
        asked = self.request.query_params
        if slug := clean_text(asked.get("theme", ""))[:80]:
            seen = seen.filter(
                matter__themes__slug=slug, matter__themes__framework__is_current=True
            )
        if words := clean_text(asked.get("q", ""))[:200].strip():
            seen = seen.filter(matter__in=_matching(words))
        return _whole(seen.standing())


def _whole(referrals: ReferralQuerySet) -> ReferralQuerySet:
    """With all that the serializer shows, in a constant number of queries."""
    return referrals.select_related("matter__district").prefetch_related("matter__themes")


def _matching(words: str) -> list[int]:
    fits = Q(title__icontains=words) | Q(summary__icontains=words) | Q(reference__iexact=words)
    return list(Matter.objects.standing().filter(fits).values_list("pk", flat=True)[:MATCHES])


def _has_words(referral: Referral) -> bool:
    return referral.state != ReferralState.RECALLED


def _why_not(error: services.CannotClear) -> str:
    if isinstance(error, services.NoInsightConsent):
        return _("Its writer did not agree that it is used. Answer it instead.")
    return _("There are no words left to pass on.")


def _who_was_first(refused: services.Refused) -> str:
    if isinstance(refused, services.AlreadyClaimed):
        return _("%(name)s has claimed it.") % {"name": refused.by}
    if refused.by is not None:
        return _("%(name)s dealt with it first.") % {"name": refused.by}
    return _("It does not wait any more.")
