"""What every page may show: languages, direction, the way out, and the doors."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_bidi

from heard.navigation import desk_doors, public_doors

# Leaving these clears the device on the way out; `/share/leave/` then goes to the same address.
OWN_WAY_OUT = ("/share/", "/receipt/")
LEAVE = "/share/leave/"
UNCHECKED_LANGUAGES = {"ur", "ar"}  # translations no native reader has checked yet


def page(request) -> dict[str, object]:
    """Facts of the page's frame.

    Nothing here touches the database by itself, because the frame is shown when that is down. The
    doors do when they are drawn: pages about oneself draw none, and error pages pass their own.
    """
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "page_language": language,
        "page_direction": "rtl" if get_language_bidi() else "ltr",
        "translation_unchecked": language.split("-")[0] in UNCHECKED_LANGUAGES,
        "exit_address": LEAVE if request.path.startswith(OWN_WAY_OUT) else settings.EXIT_ADDRESS,
        "nav": SimpleLazyObject(lambda: public_doors(request)),
        "desk_nav": SimpleLazyObject(lambda: desk_doors(request)),
    }
