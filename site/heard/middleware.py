"""What holds for every answer: headers that keep people safe."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Next = Callable[[HttpRequest], HttpResponse]

# What someone typed here, or what came back to them, must not stay on a shared device.
SENSITIVE = ("/share/", "/receipt/", "/moderation/", "/board/", "/me/", "/accounts/")
# Wagtail's own pages use inline styles and scripts; nobody but staff reaches them.
CMS = "/cms/"
CMS_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; frame-ancestors 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'"
)


class SafeAnswersMiddleware:
    """Marks sensitive answers as never to be kept, and gives Wagtail's own pages the policy they can live with."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(SENSITIVE):
            response["Cache-Control"] = "no-store, private"
        if request.path.startswith(CMS):
            response["Content-Security-Policy"] = CMS_POLICY
            response["X-Frame-Options"] = "SAMEORIGIN"
        return response
