"""The API of all rooms at /api/v1/, its schema, and what is answered where there is nothing."""

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.routers import SimpleRouter
from rest_framework.views import APIView

from engagement.board.api import CommitmentViewSet, DecisionViewSet, InsightViewSet
from engagement.experiences.api import ExperiencesView, ReceiptsView
from engagement.responses.api import ResponseViewSet
from engagement.routing.api import ClearView, ReferralViewSet
from engagement.themes.api import ThemeViewSet
from heard.notifications.api import NotificationsView
from heard.spaces.api import SpaceViewSet


def only_ours(endpoints: list[tuple], **kwargs) -> list[tuple]:
    """The schema is of this API; Wagtail's own pages use another, which is theirs."""
    return [endpoint for endpoint in endpoints if endpoint[0].startswith("/api/v1/")]


class NothingHereView(APIView):
    """Any other address under /api/v1/: 404 as a problem document, whatever the method."""

    authentication_classes: list = []
    permission_classes = [AllowAny]

    def initial(self, request: Request, *args, **kwargs) -> None:
        raise NotFound("There is nothing here, or nothing that you may see.")


router = SimpleRouter()
router.register("themes", ThemeViewSet)
router.register("spaces", SpaceViewSet)
router.register("referrals", ReferralViewSet)
router.register("insights", InsightViewSet)
router.register("decisions", DecisionViewSet)
router.register("commitments", CommitmentViewSet)
router.register("responses", ResponseViewSet)

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(permission_classes=[AllowAny]), name="schema"),
    path("experiences/", ExperiencesView.as_view(), name="experiences"),
    path("experiences/<str:reference>/clear/", ClearView.as_view(), name="clear"),
    path("receipts/", ReceiptsView.as_view(), name="receipts"),
    path("notifications/", NotificationsView.as_view(), name="notifications"),
    path("", include(router.urls)),
    re_path("", NothingHereView.as_view(schema=None)),
]
