"""Details in a text that could lead to a person: pointed out to whoever reads, never taken out by itself. Pure.

It reads shapes and not meaning: it finds numbers, addresses and handles, and no names.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

EMAIL, PHONE, CARD, NHS = "email", "phone", "card", "nhs"
NI, POSTCODE, ACCOUNT, SORT = "ni", "postcode", "account", "sort"
HANDLE, WEB, STREET, BIRTH = "handle", "web", "street", "birth"
NAME, OTHER = "name", "other"

KINDS: dict[str, str | Promise] = {
    EMAIL: _("e-mail address"),
    PHONE: _("phone number"),
    CARD: _("card number"),
    NHS: _("NHS number"),
    NI: _("National Insurance number"),
    POSTCODE: _("postcode"),
    ACCOUNT: _("account number"),
    SORT: _("sort code"),
    HANDLE: _("name on a website"),
    WEB: _("web address"),
    STREET: _("street address"),
    BIRTH: _("date of birth"),
    NAME: _("name"),
    OTHER: _("detail"),
}


@dataclass(frozen=True)
class Finding:
    """One detail: what kind, where, and the words themselves."""

    kind: str
    start: int
    end: int
    words: str

    @property
    def label(self) -> str | Promise:
        """The kind in words: "phone number"."""
        return KINDS[self.kind]


def _digits(words: str) -> str:
    """The digits of any script, as plain ones."""
    return "".join(str(int(mark)) for mark in words if mark.isdecimal())


def _is_phone(words: str) -> bool:
    digits = _digits(words)
    if digits.startswith("0044"):
        digits = "0" + digits[4:].removeprefix("0")
    elif digits.startswith("44") and not words.lstrip("( ").startswith("0"):
        digits = "0" + digits[2:].removeprefix("0")
    elif words.lstrip().startswith("+"):
        return 8 <= len(digits) <= 15
    return len(digits) in {10, 11} and re.match(r"0[1-35789]", digits) is not None


def _is_card(words: str) -> bool:
    digits = [int(mark) for mark in _digits(words)]
    if not 13 <= len(digits) <= 19:
        return False
    doubled = [
        d if place % 2 == 0 else sum(divmod(2 * d, 10)) for place, d in enumerate(digits[::-1])
    ]
    return sum(doubled) % 10 == 0


def _is_nhs(words: str) -> bool:
    digits = [int(mark) for mark in _digits(words)]
    if len(digits) != 10:
        return False
    check = 11 - sum(d * (10 - place) for place, d in enumerate(digits[:9])) % 11
    return digits[9] == (0 if check == 11 else check)


def _is_date(words: str) -> bool:
    first, second = (int(_digits(part)) for part in re.split(r"\D+", words)[:2])
    return 1 <= first <= 31 and 1 <= second <= 12


_Rule = tuple[str, re.Pattern[str], Callable[[str], bool] | None]


def _rule(kind: str, pattern: str, check: Callable[[str], bool] | None = None) -> _Rule:
    return kind, re.compile(pattern, re.IGNORECASE), check


_POSTCODE = r"[A-PR-UWYZ][A-HK-Y]?\d(?:[A-Z\d])?\s{0,2}\d[ABD-HJLNP-UW-Z]{2}"
_STREETS = (
    r"road|rd|street|st|avenue|ave|lane|close|drive|terrace|crescent|grove|court|place|gardens?|way"
    r"|walk|square|mews|row|parade|rise|view|hill|green|brow|fold|bank"
)
_BORN = r"born(?: on)?|d\.?o\.?b\.?|date of birth"
# In the order in which they claim their words: what fits several kinds is the first of them.
_RULES: tuple[_Rule, ...] = (
    _rule(EMAIL, r"[\w.+'-]+\s?@\s?[\w-]+(?:\.[\w-]+)+"),
    _rule(WEB, r"(?:https?://|www\.)[^\s<>\"]+[^\s<>\".,;:!?)]"),
    _rule(WEB, r"\b(?:[\w-]+\.)?(?:facebook|instagram|tiktok|twitter|x|linkedin)\.com/[\w./-]+"),
    _rule(HANDLE, r"(?<![\w@.])@[A-Za-z_][\w.]{1,29}\w"),
    _rule(NI, r"\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:[ -]?\d){6}[ -]?[A-D]\b"),
    _rule(POSTCODE, rf"\b{_POSTCODE}\b"),
    _rule(CARD, r"(?<!\d)\d(?:[ -]?\d){12,18}(?!\d)", _is_card),
    _rule(NHS, r"\bNHS(?: (?:number|no\.?))?(?: is)?:?\s*(\d(?:[ -]?\d){9})(?!\d)"),
    _rule(NHS, r"(?<![\d+])\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)", _is_nhs),
    _rule(SORT, r"(?<![\d/.-])\d{2}-\d{2}-\d{2}(?![\d-])"),
    _rule(SORT, r"\bsort code(?: is)?:?\s*(\d{2}[ -]?\d{2}[ -]?\d{2})(?!\d)"),
    _rule(PHONE, r"(?<![\w+])\+?\(?\d[\d()\s.-]{7,18}\d(?!\d)", _is_phone),
    _rule(ACCOUNT, r"\b(?:account|acct?|a/c)(?: (?:number|no\.?))?(?: is)?:?\s*(\d{7,10})(?!\d)"),
    _rule(ACCOUNT, r"(?<![\d£.,/-])\d{8}(?!\d|[,/-]\d)"),
    _rule(BIRTH, rf"\b(?:{_BORN})(?: is)?:?\s*(\d{{1,2}}[/. -]\d{{1,2}}[/. -]\d{{2,4}})", _is_date),
    _rule(STREET, rf"\b\d{{1,4}}[a-d]?,?\s+(?-i:(?:[A-Z][\w’'-]+\s+){{1,3}})(?:{_STREETS})\b"),
)  # fmt: skip


def find(text: str) -> list[Finding]:
    """Details that could lead to somebody, in the order in which they stand; none overlaps another."""
    found: list[Finding] = []
    for kind, pattern, check in _RULES:
        for match in pattern.finditer(text):
            start, end = match.span(match.lastindex or 0)
            words = text[start:end]
            if check is not None and not check(words):
                continue
            if all(end <= other.start or start >= other.end for other in found):
                found.append(Finding(kind, start, end, words))
    return sorted(found, key=lambda finding: finding.start)


def find_in(texts: Iterable[str]) -> list[Finding]:
    """The details of several texts, each words once."""
    found: dict[str, Finding] = {}
    for text in texts:
        for finding in find(text):
            found.setdefault(finding.words, finding)
    return list(found.values())


def marker(kind: str) -> str:
    """What stands where a detail was: "[phone number removed]"."""
    return str(_("[%(detail)s removed]") % {"detail": KINDS.get(kind, KINDS[OTHER])})


def take_out(text: str, words: str, kind: str = OTHER) -> str:
    """The text with a marker wherever these words stand, in large or small letters."""
    if not words.strip():
        return text
    # Only whole words: taking out "Ann" leaves "planning" as it is.
    edges = [r"(?<!\w)" if words[0].isalnum() else "", r"(?!\w)" if words[-1].isalnum() else ""]
    pattern = edges[0] + re.escape(words) + edges[1]
    return re.sub(pattern, lambda _match: marker(kind), text, flags=re.IGNORECASE)


def pieces(text: str, findings: Sequence[Finding]) -> list[tuple[str, str | Promise]]:
    """The text in pieces for marking up: (words, kind in words or "" where nothing was found)."""
    parts: list[tuple[str, str | Promise]] = []
    place = 0
    for finding in findings:
        parts += [(text[place : finding.start], ""), (finding.words, finding.label)]
        place = finding.end
    return [part for part in [*parts, (text[place:], "")] if part[0]]
