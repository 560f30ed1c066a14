"""What every page may show without asking the database: languages, direction, and the way out."""

from django.conf import settings
from django.utils.translation import get_language, get_language_bidi

UNCHECKED_LANGUAGES = {"ur", "ar"}  # translations no native reader has checked yet


def page(request) -> dict[str, object]:
    """Facts of the page's frame. Nothing here may touch the database: it is shown when that is down."""
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "page_language": language,
        "page_direction": "rtl" if get_language_bidi() else "ltr",
        "translation_unchecked": language.split("-")[0] in UNCHECKED_LANGUAGES,
        "exit_address": settings.EXIT_ADDRESS,
    }
