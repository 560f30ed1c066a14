"""Every address of Heard. Wagtail's pages come last: they take what is left."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from heard import health, views
from heard.accounts import views as accounts

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.server_error

urlpatterns = [
    path("healthz", views.healthz),
    path("readyz", health.readyz),
    path("api/v1/", include("heard.api")),
    path("accounts/", include("allauth.urls")),
    path("me/", accounts.me),
    path("i18n/", include("django.conf.urls.i18n")),
    path("cms/login/", views.editors_sign_in),
    path("cms/documents/", include(wagtaildocs_urls)),
    path("cms/", include(wagtailadmin_urls)),
    path("board/", include("engagement.responses.urls")),
    path("board/", include("engagement.board.urls")),
    path("", include("engagement.experiences.urls")),
    path("moderation/", include("engagement.routing.urls")),
    path("moderation/", include("heard.moderation.urls")),
    path("", include(wagtail_urls)),
]
