"""Why a board was sent something, and what a rule does, in words for people."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from engagement.routing.rules import TO_BOARD, Reason, Rule

Because = list[dict[str, Any]]


def kept(reasons: Iterable[Reason]) -> Because:
    """Reasons as a referral keeps them, with names: a rule changed later rewrites nothing."""
    return [
        {
            "rule": reason.rule,
            "name": reason.name,
            "when": [
                {"what": condition.what, "value": condition.value, "name": condition.name}
                for condition in reason.conditions
            ],
        }
        for reason in reasons
    ]


def in_words(because: Sequence[Mapping[str, Any]]) -> list[str]:
    """One sentence a rule: "It is about Homes and is from Oldham (rule “Homes to the board”)."."""
    return [_sentence(reason) for reason in because]


def explain(rule: Rule, *, board: str = "") -> str:
    """What a rule does, in one sentence, for the editor who wrote it."""
    when = _conditions([vars(condition) for condition in rule.conditions])
    whom = board if rule.to == TO_BOARD else _leads(rule)
    if not whom:
        return _("This sends nothing: choose a board.")
    if not when:
        return _("Everything goes to %(whom)s.") % {"whom": whom}
    return _("When it %(when)s, it goes to %(whom)s.") % {"when": when, "whom": whom}


def _leads(rule: Rule) -> str:
    named = [condition.name for condition in rule.conditions if condition.what == "theme"]
    if named:
        return _("those who lead %(theme)s") % {"theme": named[0]}
    return _("those who lead its themes")


def _sentence(reason: Mapping[str, Any]) -> str:
    when = _conditions(reason.get("when", ()))
    facts = {"when": when, "rule": reason.get("name", "")}
    if not when:
        return _("Everything comes here (rule “%(rule)s”).") % facts
    return _("It %(when)s (rule “%(rule)s”).") % facts


def _conditions(conditions: Iterable[Mapping[str, Any]]) -> str:
    return get_text_list([_condition(condition) for condition in conditions], _("and"))


def _condition(condition: Mapping[str, Any]) -> str:
    name = condition.get("name") or condition.get("value")
    match condition.get("what"):
        case "theme" | "action":
            return _("is about %(name)s") % {"name": name}
        case "district":
            return _("is from %(name)s") % {"name": name}
        case "space":
            return _("came through %(name)s") % {"name": name}
        case "flag":
            return _("is marked “%(name)s”") % {"name": name}
        case "volume":
            return _volume(int(condition["value"]))
    return _("fits a rule that is gone")


def _volume(least: int) -> str:
    return ngettext(
        "is one of at least %(least)s like it in a week",
        "is one of at least %(least)s like it in a week",
        least,
    ) % {"least": least}
