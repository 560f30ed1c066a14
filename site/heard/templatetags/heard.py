"""Heard's template tags: icons, built files, and words for dates, counts and receipt numbers."""

import json
import re
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any, cast

from django.conf import settings
from django.forms import BaseForm
from django.template import Context, Library
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, pgettext

from heard.boundfields import HeardBoundField

register = Library()

FRONTEND = settings.ROOT / "frontend"
SYMBOL = re.compile(r'<symbol id="i-(\w+)" viewBox="([^"]+)">(.*?)</symbol>')
FEWEST = 5  # a count below this, and the steps between counts, would point at people

# The programme's themes and how each is drawn; a theme that is added later is drawn plainly.
THEME_LOOKS = {
    "early-years-children-young-people": "children",
    "poverty-income-debt": "money",
    "work-employment": "work",
    "prevention-ill-health": "health",
    "homes-housing": "homes",
    "places-transport-climate": "places",
    "racism-discrimination": "racism",
    "communities-power": "power",
}

# What can be said about one thing: its icon and its colour. Always shown with words.
STATUS_ICONS = {
    "said": "said",
    "heard": "heard",
    "decided": "decided",
    "changed": "changed",
    "no": "no",
    "wait": "wait",
    "late": "clock",
}


@cache
def _symbols() -> dict[str, tuple[str, str]]:
    drawn = (FRONTEND / "icons.svg").read_text(encoding="utf-8")
    return {name: (box, paths) for name, box, paths in SYMBOL.findall(drawn)}


@register.simple_tag
def icon(name: str, extra: str = "", base: str = "hd-icon") -> SafeString:
    """Draws an icon in the page, hidden from screen readers: the word beside it speaks.

    `extra` adds classes (`hd-icon--l`); `base` replaces `hd-icon`, as a thread's node does.
    A name nobody drew raises, so that a typing mistake is seen at once.
    """
    box, paths = _symbols()[name]
    turns = "hd-icon--turn" if name == "arrow" else ""  # the one icon that points along the text
    classes = " ".join(part for part in (base, extra, turns) if part)
    return format_html(
        # Size and line are said here too, for a page whose sheet never came.
        '<svg class="{}" viewBox="{}" width="24" height="24" fill="none" stroke="currentColor"'
        ' stroke-width="2" aria-hidden="true" focusable="false">{}</svg>',
        classes,
        box,
        mark_safe(paths),  # noqa: S308 - our own drawing, read from the repository
    )


@cache
def _manifest() -> dict[str, dict[str, Any]]:
    return json.loads((FRONTEND / "dist" / "manifest.json").read_text(encoding="utf-8"))


def built(source: str) -> dict[str, Any]:
    """Finds a built file by its source, such as `styles/heard.scss`; raises KeyError if unbuilt."""
    return _manifest()[source]


def _imports(source: str) -> list[str]:
    """Every script that `source` imports, so that the browser asks for all of them at once."""
    found: list[str] = []
    for chunk in built(source).get("imports", []):
        for name in [chunk, *_imports(chunk)]:
            if name not in found:
                found.append(name)
    return found


@register.simple_tag
def vite_css(source: str) -> SafeString:
    """Links a built sheet by its source's name without the ending: `{% vite_css "heard" %}`."""
    for ending in ("scss", "css"):
        entry = _manifest().get(f"styles/{source}.{ending}")
        if entry:
            return format_html('<link rel="stylesheet" href="{}">', static(entry["file"]))
    raise KeyError(f"no sheet called {source!r} was built")


@register.simple_tag(takes_context=True)
def vite_js(context: Context, source: str) -> SafeString:
    """Loads a built script and what it imports, with the page's nonce where there is one."""
    request = context.get("request")
    nonce = getattr(request, "csp_nonce", "") if request else ""
    mark = format_html(' nonce="{}"', nonce) if nonce else ""
    entry = f"scripts/{source}.js"
    ahead = format_html_join(
        "",
        '<link rel="modulepreload" href="{}"{}>',
        ((static(built(name)["file"]), mark) for name in _imports(entry)),
    )
    main = format_html(
        '<script type="module" src="{}"{}></script>', static(built(entry)["file"]), mark
    )
    return ahead + main


@register.simple_tag
def vite_font() -> SafeString:
    """Asks for the Latin font early, because every page's first words need it."""
    font = built("fonts/atkinson-hyperlegible-next-latin.woff2")
    return format_html(
        '<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>',
        static(font["file"]),
    )


@register.filter
def theme_look(theme: Any) -> str:
    """How a theme is drawn: `homes` for `homes-housing`, `other` for one we do not know.

    Takes a theme or its slug; the answer is both the icon's name and, after `is-`, the class.
    """
    slug = theme if isinstance(theme, str) else getattr(theme, "slug", "")
    return THEME_LOOKS.get(slug, "other")


@register.filter
def theme_name(theme: Any) -> str:
    """A theme's short name where it has one, else its title."""
    return getattr(theme, "short", "") or getattr(theme, "title", "") or str(theme)


@register.filter
def status_icon(state: str) -> str:
    """The icon for a state (said, heard, decided, changed, no, wait, late)."""
    return STATUS_ICONS[state]


@register.filter
def spoken_date(value: date | datetime | None, form: str = "") -> str:
    """A date as people say it: "Friday 27 November", with the year when it is not this year.

    `|spoken_date:"short"` leaves the day of the week out. Nothing for no date.
    """
    if value is None or value == "":
        return ""
    day = timezone.localtime(value) if isinstance(value, datetime) else value
    pattern = (
        pgettext("date without weekday", "j F")
        if form == "short"
        else pgettext("date with weekday", "l j F")
    )
    if day.year != timezone.localdate().year:
        pattern += " Y"
    return date_format(day, pattern)


def round_to_five(count: int) -> int:
    """The count to the nearest five: what may be said about how many people."""
    return int(5 * ((count + 2) // 5))


@register.filter
def about_count(count: int | None) -> str:
    """How many people, without pointing at any: "about 45 people", "fewer than 5 people"."""
    if not count or count < FEWEST:
        return gettext("fewer than 5 people")
    return gettext("about %(count)s people") % {"count": f"{round_to_five(count):,}"}


@register.filter
def in_fours(code: str) -> list[str]:
    """A receipt number in groups of four, for marking up one by one."""
    digits = re.sub(r"[\s\-]", "", str(code))
    return [digits[start : start + 4] for start in range(0, len(digits), 4)]


@register.filter
def grouped(code: str) -> str:
    """A receipt number as it is read out: "4718 0362 9955 2041 7386"."""
    return " ".join(in_fours(code))


@register.filter
def page_title(lines: str) -> str:
    """Joins the lines of a title with " - ", leaving out what is empty.

    Its input is what a template has rendered, so it is escaped already and stays safe.
    """
    parts = [part.strip() for part in lines.splitlines() if part.strip()]
    return mark_safe(" - ".join(parts))  # noqa: S308 - rendered by the template engine


@register.simple_tag(takes_context=True)
def current(context: Context, start: str) -> SafeString:
    """Says `aria-current` on the way in to the part of the site that this page is in."""
    request = context.get("request")
    here = request is not None and request.path.startswith(start)
    return mark_safe(' aria-current="true"') if here else mark_safe("")


@register.filter
def percent_of(part: int | float, whole: int | float) -> str:
    """A part as a percentage of a whole, written for a drawing: "34.8%", and "0%" of nothing."""
    return f"{100 * part / whole:.1f}%" if whole else "0%"


@register.filter
def step_done(number: int, total: int) -> int:
    """How long the walked part of the question line is, on a line 132 units long."""
    return max(20, round(132 * int(number) / max(int(total), 1)))


@register.filter
def plural_forms(_word: str) -> list[str]:
    """The names of this language's plural forms, as a browser's `Intl.PluralRules` has them."""
    arabic = (get_language() or "").startswith("ar")
    return ["zero", "one", "two", "few", "many", "other"] if arabic else ["one", "other"]


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms: BaseForm) -> dict[str, Any]:
    """Lists what is wrong in one form or several, each line a link to the field; else nothing."""
    problems: list[tuple[str | None, Any]] = []
    for form in forms:
        if not form:
            continue
        problems += [(None, message) for message in form.non_field_errors()]
        for field in cast(Iterable[HeardBoundField], form):
            problems += [(field.error_target, message) for message in field.errors]
    return {"problems": problems}
