"""Sharing and coming back by API: no sign-in, no cookie, and nobody's address kept."""

import re
import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound, Throttled, ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from engagement.experiences import services, timeline
from engagement.experiences.models import (
    About,
    Call,
    Experience,
    Message,
    Purpose,
    State,
    Step,
    StepKind,
)
from engagement.themes.models import Characteristic, District, Theme
from heard import limits
from heard.plaintext import clean_text, is_blank
from heard.problems import Conflict, ProblemSerializer
from heard.spaces.models import Space

KEY_MOST = 200
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})?")
PROBLEM = OpenApiResponse(ProblemSerializer, description="application/problem+json")


class Words(serializers.CharField):
    """Somebody's own words, as they wrote them; too long is refused and never cut."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("trim_whitespace", False)
        super().__init__(**options)
        self.limit = settings.EXPERIENCE_MAX_LENGTH

    def to_internal_value(self, data: Any) -> str:
        words = clean_text(super().to_internal_value(data))
        if is_blank(words):
            if not self.allow_blank:
                self.fail("blank")
            return ""
        if len(words) > self.limit:
            facts = {"count": f"{len(words):,}", "limit": f"{self.limit:,}"}
            message = _("This is %(count)s characters long, and we can take %(limit)s.")
            raise ValidationError(message % facts)
        return words


class ConsentsSerializer(serializers.Serializer):
    """Each is its own yes. What is left out is a no. Quote, share and research rest on insight."""

    insight = serializers.BooleanField(required=False, default=False)
    quote = serializers.BooleanField(required=False, default=False)
    contact = serializers.BooleanField(required=False, default=False)
    share = serializers.BooleanField(required=False, default=False)
    research = serializers.BooleanField(required=False, default=False)


class NewExperienceSerializer(serializers.Serializer):
    """What somebody shares. Only `text` is needed; fields that are not listed here are ignored."""

    text = Words(help_text="What happened. At most 5,000 characters.")
    better = Words(required=False, allow_blank=True, default="")
    about = serializers.ChoiceField(
        choices=About.choices, required=False, allow_blank=True, default=""
    )
    call = serializers.SlugField(required=False, allow_null=True, default=None)
    space = serializers.SlugField(required=False, allow_null=True, default=None)
    district = serializers.SlugField(required=False, allow_null=True, default=None)
    community = serializers.SlugField(required=False, allow_null=True, default=None)
    themes = serializers.ListField(
        child=serializers.SlugField(), required=False, default=list, max_length=20
    )
    language = serializers.CharField(required=False, allow_blank=True, default="", max_length=10)
    consents = ConsentsSerializer(required=False, default=dict)
    contact = serializers.EmailField(required=False, allow_blank=True, default="")

    def validate_call(self, slug: str | None) -> Call | None:
        calls = Call.objects.open_now().filter(space__isnull=True) | Call.objects.open_now().filter(
            space__in=Space.objects.known_to(AnonymousUser())
        )
        return _named(calls, slug, _("There is no open call of this name."))

    def validate_space(self, slug: str | None) -> Space | None:
        known = Space.objects.known_to(AnonymousUser()).order_by("path")
        return _named(known, slug, _("There is no such space, or none that takes this in public."))

    def validate_district(self, slug: str | None) -> District | None:
        return _named(District.objects.all(), slug, _("There is no such district."))

    def validate_community(self, slug: str | None) -> Characteristic | None:
        return _named(Characteristic.objects.all(), slug, _("There is no such community."))

    def validate_themes(self, slugs: list[str]) -> list[Theme]:
        found = {theme.slug: theme for theme in Theme.objects.current().filter(slug__in=slugs)}
        if unknown := [slug for slug in slugs if slug not in found]:
            raise ValidationError(_("There is no theme %(slug)s.") % {"slug": unknown[0]})
        return [found[slug] for slug in dict.fromkeys(slugs)]

    def validate_language(self, code: str) -> str:
        if code and not LANGUAGE.fullmatch(code):
            raise ValidationError(_("Write a language code such as en, ur or pl."))
        return code

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        agreed = {purpose for purpose, yes in given.pop("consents").items() if yes}
        given["email"] = given.pop("contact")
        if given["email"] and Purpose.CONTACT not in agreed:
            message = _("Say yes to consents.contact too, or leave this out.")
            raise ValidationError({"contact": [message]})
        if agreed - {Purpose.INSIGHT, Purpose.CONTACT} and Purpose.INSIGHT not in agreed:
            message = _("Quote, share and research need a yes to insight.")
            raise ValidationError({"consents": [message]})
        given["consents"] = sorted(agreed)
        return given


class SharedSerializer(serializers.Serializer):
    """`receipt` is shown this once; whoever has it can come back, and nobody else can."""

    reference = serializers.CharField()
    receipt = serializers.CharField()
    state = serializers.ChoiceField(choices=State.choices)


class Typed(serializers.CharField):
    """A number as somebody typed it. Whatever it is, whether it is a receipt is for 404 to say."""

    def to_internal_value(self, data: Any) -> str:
        return clean_text(super().to_internal_value(data))


class ReceiptSerializer(serializers.Serializer):
    receipt = Typed(trim_whitespace=False, allow_blank=True)


class StepSerializer(serializers.ModelSerializer):
    """One thing that happened, in words for whoever wrote it; `data` holds its facts."""

    title = serializers.SerializerMethodField()
    words = serializers.SerializerMethodField()
    data = serializers.DictField()  # type: ignore[assignment]  # a field, as the contract names it

    class Meta:
        model = Step
        fields = ["kind", "title", "words", "data", "happened_on"]

    def get_title(self, step: Step) -> str:
        return "".join(str(node.title) for node in timeline.of_steps([step]))

    def get_words(self, step: Step) -> str:
        return "".join(str(node.words) for node in timeline.of_steps([step]))


class MessageSerializer(serializers.ModelSerializer):
    """One line of the conversation with a moderator."""

    class Meta:
        model = Message
        fields = ["from_resident", "text", "sent_on"]


class PublishedSerializer(serializers.Serializer):
    """A published answer to this experience; its whole text is at /api/v1/responses/<id>/."""

    id = serializers.IntegerField()
    title = serializers.CharField()
    url = serializers.CharField()


class StorySerializer(serializers.Serializer):
    """What became of an experience."""

    reference = serializers.CharField()
    state = serializers.ChoiceField(choices=State.choices)
    state_words = serializers.CharField()
    shared_on = serializers.DateField()
    steps = StepSerializer(many=True)
    messages = MessageSerializer(many=True)
    responses = PublishedSerializer(many=True)


class ExperiencesView(APIView):
    authentication_classes: list = []  # who is signed in is not asked, so it cannot be kept
    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="experiences_share",
        auth=[],
        request=NewExperienceSerializer,
        responses={201: SharedSerializer, 400: PROBLEM, 409: PROBLEM, 429: PROBLEM},
        parameters=[
            OpenApiParameter(
                "Idempotency-Key",
                OpenApiTypes.STR,
                OpenApiParameter.HEADER,
                description="Random, your own. The same key with the same body gets the same answer"
                " and is kept once; with another body it gets 409.",
            )
        ],
    )
    def post(self, request: Request) -> Response:
        """Share an experience. It waits for a moderator; the answer holds the receipt number."""
        _within(limits.SHARE, limits.caller(request))
        asked = NewExperienceSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        try:
            shared = services.share_experience(key=_key(request), **asked.validated_data)
        except services.KeyReused:
            raise Conflict(_("This key came before with another body.")) from None
        answer = {
            "reference": shared.experience.reference,
            "receipt": shared.receipt,
            "state": State.RECEIVED,  # what it was then: the same answer however often it is asked
        }
        return Response(SharedSerializer(answer).data, status=status.HTTP_201_CREATED)


class ReceiptsView(APIView):
    authentication_classes: list = []
    permission_classes = [AllowAny]

    @extend_schema(
        operation_id="receipts_open",
        auth=[],
        request=ReceiptSerializer,
        responses={200: StorySerializer, 400: PROBLEM, 404: PROBLEM, 429: PROBLEM},
    )
    def post(self, request: Request) -> Response:
        """What became of the experience with this receipt. Every number that is not one gets 404."""
        _within(limits.RECEIPT_EVERYWHERE, "everyone")
        _within(limits.RECEIPT, limits.caller(request))
        asked = ReceiptSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        experience = services.find_by_receipt(asked.validated_data["receipt"])
        if experience is None:
            raise NotFound(_("We cannot find a receipt with this number."))
        answer = Response(StorySerializer(story(experience)).data)
        answer["Cache-Control"] = "no-store, private"
        return answer


def story(experience: Experience) -> dict[str, Any]:
    """What the holder of its receipt may read about an experience."""
    steps = list(experience.steps.all())
    published = [step.data for step in steps if step.kind == StepKind.PUBLISHED]
    return {
        "reference": experience.reference,
        "state": experience.state,
        "state_words": experience.get_state_display(),
        "shared_on": experience.shared_on,
        "steps": steps,
        "messages": experience.messages.all(),
        "responses": [
            {"id": data["response_id"], "title": data["title"], "url": _address(data)}
            for data in published
        ],
    }


def _address(data: dict[str, Any]) -> str:
    return f"/changes/{data['response_id']}/"


def _named(rows, slug: str | None, refusal: str):
    """The row of that slug; None where none was asked for; refused when there is none."""
    if not slug:
        return None
    row = rows.filter(slug=slug).first()
    if row is None:
        raise ValidationError(refusal)
    return row


def _key(request: Request) -> str:
    """The caller's own key, kept apart from those of the pages; a fresh one where none was sent."""
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > KEY_MOST:
        message = _("The most we take is %(most)s characters.") % {"most": KEY_MOST}
        raise ValidationError({"Idempotency-Key": [message]})
    return f"api:{key or secrets.token_urlsafe(32)}"


def _within(limit: limits.Limit, who: str) -> None:
    if not limits.allowed(limit, who):
        raise Throttled(wait=limit.seconds)
