"""Our own pages, opened in a browser without a server: the test answers what the page asks for."""

from urllib.parse import urlsplit

from tests.frontend.node import FRONTEND

SITE = "https://heard.example"
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml", "woff2": "font/woff2"}


def fulfil_static(route) -> None:
    """Answers with a built file."""
    file = FRONTEND / "dist" / urlsplit(route.request.url).path.removeprefix("/static/")
    route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix[1:]])


def open_page(browser, html: str, **options):
    """A browser's page that shows `html` at the site's address, and a bare page anywhere else."""

    def answer(route):
        address = urlsplit(route.request.url)
        if not route.request.url.startswith(SITE):
            route.fulfill(body="<title>Elsewhere</title>", content_type="text/html")
        elif address.path.startswith("/static/"):
            fulfil_static(route)
        else:
            route.fulfill(body=html, content_type="text/html")

    page = browser.new_context(**options).new_page()
    page.route("**/*", answer)
    page.goto(SITE + "/share/")
    return page
