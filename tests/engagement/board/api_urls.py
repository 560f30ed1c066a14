"""The board's and the answers' API at the address it has in the house."""

from django.urls import include, path
from rest_framework.routers import DefaultRouter

from engagement.board.api import CommitmentViewSet, DecisionViewSet, InsightViewSet
from engagement.responses.api import ResponseViewSet

router = DefaultRouter()
router.register("insights", InsightViewSet, "insight")
router.register("decisions", DecisionViewSet, "decision")
router.register("commitments", CommitmentViewSet, "commitment")
router.register("responses", ResponseViewSet, "response")
urlpatterns = [path("api/v1/", include(router.urls))]
