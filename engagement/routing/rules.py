"""Who should hear of a matter. Pure: what is known of it and the rules in, recipients out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

TO_BOARD = "board"
TO_LEADS = "leads"


@dataclass(frozen=True)
class Condition:
    """One filled-in line of a rule: theme, action, district, space, flag or volume; its name."""

    what: str
    value: int | str
    name: str = ""


def conditions(**given: tuple[int | str | None, object]) -> tuple[Condition, ...]:
    """What is filled in, of what=(value, name)."""
    return tuple(
        Condition(what=what, value=value, name=str(name or ""))
        for what, (value, name) in given.items()
        if value
    )


@dataclass(frozen=True)
class Rule:
    """One rule: when all conditions hold, the board, or the theme's leads, are sent the matter."""

    id: int
    name: str
    conditions: tuple[Condition, ...] = ()
    to: str = TO_BOARD
    board: int | None = None

    @property
    def theme(self) -> int | None:
        """The theme that the rule names, if it does."""
        named = [condition.value for condition in self.conditions if condition.what == "theme"]
        return int(named[0]) if named else None


@dataclass(frozen=True)
class Signs:
    """What is known of a matter. `volumes`: {theme: how many came in the last seven days, this one
    included, about it and the same district}. `led`: those of its themes that have leads."""

    themes: frozenset[int] = frozenset()
    actions: frozenset[int] = frozenset()
    district: int | None = None
    space: int | None = None
    flags: frozenset[str] = frozenset()
    volumes: Mapping[int, int] = field(default_factory=dict)
    led: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Reason:
    """The rule that sent it, and the conditions that held."""

    rule: int
    name: str
    conditions: tuple[Condition, ...]


@dataclass(frozen=True)
class Recipient:
    """One address: a board, or the leads of one theme; and every rule that leads there."""

    board: int | None = None
    theme: int | None = None
    because: tuple[Reason, ...] = ()


def matches(rule: Rule, signs: Signs) -> bool:
    """Whether all that is filled in holds. A rule with nothing filled in always holds."""
    return all(_holds(condition, rule, signs) for condition in rule.conditions)


def recipients(signs: Signs, rules: Sequence[Rule]) -> list[Recipient]:
    """Who should hear of the matter, each address once, in the order of the rules.

    1. A rule matches when every condition that is filled in holds: the matter has that theme, has
       that action, is from that district, came through that space, carries that flag.
    2. A volume holds when at least that many matters came in the last seven days about the same
       theme and district, this one included: the theme that the rule names, or any of the matter's.
    3. A rule to a board sends the matter to that board; without a board it sends it to nobody.
    4. A rule to leads sends it to the leads of the theme that the rule names, or of each of the
       matter's themes; a theme that nobody leads is passed over.
    5. Rules that lead to one address make one recipient, which carries every reason.
    """
    found: dict[tuple[int | None, int | None], list[Reason]] = {}
    for rule in rules:
        if not matches(rule, signs):
            continue
        reason = Reason(rule=rule.id, name=rule.name, conditions=rule.conditions)
        for address in _addresses(rule, signs):
            found.setdefault(address, []).append(reason)
    return [
        Recipient(board=board, theme=theme, because=tuple(reasons))
        for (board, theme), reasons in found.items()
    ]


def _holds(condition: Condition, rule: Rule, signs: Signs) -> bool:
    value = condition.value
    if condition.what == "volume":
        themes = signs.themes if rule.theme is None else signs.themes & {rule.theme}
        return any(signs.volumes.get(theme, 0) >= int(value) for theme in themes)
    known: Mapping[str, bool] = {
        "theme": value in signs.themes,
        "action": value in signs.actions,
        "district": value == signs.district,
        "space": value == signs.space,
        "flag": value in signs.flags,
    }
    return known.get(condition.what, False)  # what nobody knows of never holds


def _addresses(rule: Rule, signs: Signs) -> list[tuple[int | None, int | None]]:
    if rule.to == TO_BOARD:
        return [] if rule.board is None else [(rule.board, None)]
    themes = signs.themes if rule.theme is None else signs.themes & {rule.theme}
    return [(None, theme) for theme in sorted(themes & signs.led)]
