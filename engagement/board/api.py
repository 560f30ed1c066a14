"""Insights, decisions and commitments by API, for the board's members and programme managers."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from engagement.board import permissions, services
from engagement.board.desks import Desk, desks_of
from engagement.board.models import Commitment, Decision, DecisionKind, Insight
from engagement.routing.models import Matter
from heard.plaintext import clean_text, is_blank
from heard.problems import Conflict
from heard.spaces.models import Space
from heard.templatetags.heard import about_count

MOST_MATTERS = 200


class Words(serializers.CharField):
    """Text as somebody wrote it. With nothing to see in it, it is as empty as no text."""

    def to_internal_value(self, data: Any) -> str:
        words = clean_text(super().to_internal_value(data)).strip()
        if is_blank(words) and not self.allow_blank:
            self.fail("blank")
        return "" if is_blank(words) else words


class CommitmentSerializer(serializers.ModelSerializer):
    """What a body promised, which post holds it there, and by when."""

    decision = serializers.IntegerField(source="decision_id", read_only=True)
    what = Words(max_length=1000)
    body = Words(max_length=200)
    post = Words(max_length=200)
    overdue = serializers.BooleanField(source="is_overdue", read_only=True)

    class Meta:
        model = Commitment
        fields = ["id", "decision", "what", "body", "post", "due", "overdue"]

    def validate_due(self, day):
        if day <= timezone.localdate():
            raise ValidationError(_("Choose a date that is still to come."))
        return day


class DecisionSerializer(serializers.ModelSerializer):
    """What a board decided on an insight, and why."""

    insight = serializers.IntegerField(source="insight_id")
    referred_to: serializers.SlugRelatedField = serializers.SlugRelatedField(
        slug_field="slug", read_only=True
    )
    commitments = CommitmentSerializer(many=True)

    class Meta:
        model = Decision
        fields = [
            "id",
            "insight",
            "kind",
            "reason",
            "next_step",
            "partner",
            "referred_to",
            "provisional",
            "made",
            "commitments",
        ]
        read_only_fields = fields


class InsightSerializer(serializers.ModelSerializer):
    """Matters put together around one point. How many people is said in words, and rounded."""

    board = serializers.CharField(source="board.slug")
    people = serializers.SerializerMethodField()
    matters = serializers.SerializerMethodField()
    decisions = DecisionSerializer(many=True)

    class Meta:
        model = Insight
        fields = ["id", "title", "summary", "board", "state", "people", "matters", "decisions"]
        read_only_fields = fields

    @extend_schema_field(str)
    def get_people(self, insight) -> str:
        return about_count(insight.how_many)

    @extend_schema_field({"type": "array", "items": {"type": "string"}})
    def get_matters(self, insight: Insight) -> list[str]:
        return [matter.reference for matter in insight.matters.all()]


class NewInsightSerializer(serializers.Serializer):
    """`experiences` are references of what stands on the board's desk; `board` only where one has
    several.
    """

    title = Words(max_length=200)
    summary = Words(max_length=2000, required=False, allow_blank=True, default="")
    experiences = serializers.ListField(
        child=serializers.CharField(max_length=40), min_length=1, max_length=MOST_MATTERS
    )
    board = serializers.SlugField(required=False)


class NewDecisionSerializer(serializers.Serializer):
    """`present` is how many members are here: fewer than the quorum makes the decision provisional."""

    kind = serializers.ChoiceField(choices=DecisionKind.choices)
    reason = Words(max_length=2000)
    next_step = Words(max_length=1000, required=False, allow_blank=True, default="")
    partner = Words(max_length=200, required=False, allow_blank=True, default="")
    referred_to = serializers.SlugField(required=False)
    present = serializers.IntegerField(required=False, min_value=1, max_value=999, default=1)
    commitment = CommitmentSerializer(required=False, allow_null=True, default=None)

    def validate_referred_to(self, slug: str) -> Space:
        known = Space.objects.known_to(self.context["request"].user)
        if space := known.filter(slug=slug).first():
            return space
        raise ValidationError(_("There is no such space, or none that you may know of."))

    def validate_commitment(self, given):
        return services.NewCommitment(**given) if given else None


class InsightViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """Insights of the boards at whose desk one works; programme managers read all of them."""

    serializer_class = InsightSerializer
    queryset = Insight.objects.none()
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self):
        seen = Insight.objects.visible_to(self.request.user).with_people()
        return seen.select_related("board").prefetch_related(
            "matters", "decisions__commitments", "decisions__referred_to"
        )

    @extend_schema(request=NewInsightSerializer, responses={201: InsightSerializer})
    def create(self, request: Request) -> Response:
        """Put matters of one's desk together. What does not stand there cannot be put into an
        insight.
        """
        asked = NewInsightSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        desk = _desk(request.user, asked.validated_data.get("board"))
        insight = services.group_into_insight(
            board=desk.the_board,
            matters=_matters(desk, asked.validated_data["experiences"]),
            by=request.user,
            title=asked.validated_data["title"],
            summary=asked.validated_data["summary"],
        )
        return self._answer(insight)

    @extend_schema(request=NewDecisionSerializer, responses={201: DecisionSerializer})
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, pk: str) -> Response:
        """Record a decision with its reason. 409 when one stands already."""
        insight = get_object_or_404(Insight.objects.visible_to(request.user), pk=pk)
        if not permissions.may_decide(request.user, insight):
            raise PermissionDenied
        asked = NewDecisionSerializer(data=request.data, context={"request": request})
        asked.is_valid(raise_exception=True)
        try:
            decision = services.decide(insight=insight, by=request.user, **asked.validated_data)
        except services.AlreadyDecided as earlier:
            raise Conflict(_("Somebody decided first: see the insight’s decisions.")) from earlier
        return Response(DecisionSerializer(decision).data, status=status.HTTP_201_CREATED)

    def _answer(self, insight: Insight) -> Response:
        shown = self.get_queryset().get(pk=insight.pk)
        return Response(self.get_serializer(shown).data, status=status.HTTP_201_CREATED)


class DecisionViewSet(viewsets.ReadOnlyModelViewSet):
    """Decisions of the boards at whose desk one works; programme managers read all of them."""

    serializer_class = DecisionSerializer
    queryset = Decision.objects.none()
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self):
        seen = Decision.objects.visible_to(self.request.user)
        return seen.select_related("referred_to").prefetch_related("commitments")


class CommitmentViewSet(viewsets.ReadOnlyModelViewSet):
    """Promises that came with those decisions."""

    serializer_class = CommitmentSerializer
    queryset = Commitment.objects.none()
    lookup_value_regex = "[0-9]{1,18}"

    def get_queryset(self):
        return Commitment.objects.visible_to(self.request.user)


def _desk(user, slug: str | None) -> Desk:
    """The board's desk one works at: the one named, or the first. 403 for who works at none."""
    mine = [desk for desk in desks_of(user) if desk.board]
    if not mine:
        raise PermissionDenied
    if slug is None:
        return mine[0]
    for desk in mine:
        if desk.the_board.slug == slug:
            return desk
    raise ValidationError({"board": [_("You do not work at the desk of this board.")]})


def _matters(desk: Desk, references: list[str]) -> list[Matter]:
    """The matters with these references, each of which must stand on the desk; others look like
    none.
    """
    sent = desk.referrals().values("matter")
    found = {
        matter.reference: matter
        for matter in Matter.objects.standing().filter(pk__in=sent, reference__in=references)
    }
    unknown = [reference for reference in references if reference not in found]
    if unknown:
        raise ValidationError({"experiences": [_("This is not on your board’s desk.")]})
    return list(found.values())
