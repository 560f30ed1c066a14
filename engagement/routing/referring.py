"""Sending a matter to those who should hear of it, and moving it when its themes change.

Both run inside a deed's transaction; the deed tells the audiences last.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext

from engagement.routing import because
from engagement.routing.models import Matter, Referral, ReferralState, Route
from engagement.routing.rules import Recipient, Rule, Signs, conditions, matches, recipients
from engagement.themes.models import Action, Theme, ThemeLead
from heard.notifications.services import tell

WEEK = timedelta(days=7)
CREATED = "referral.created"
CHANGED = "referral.changed"
# Where a rule's conditions come from: what, the value's column, and the name's.
COLUMNS = (
    ("theme", "theme_id", "theme__short"),
    ("action", "action_id", "action__title"),
    ("district", "district_id", "district__name"),
    ("space", "space_id", "space__title"),
    ("flag", "flag", "flag"),
    ("volume", "volume", "volume"),
)


@dataclass(frozen=True)
class Sent:
    """The referrals a deed made, and whom they went to, as a receipt names them."""

    referrals: list[Referral]
    to: list[str]


def rules_in_use() -> tuple[list[Rule], dict[int, str]]:
    """The editors' rules in order of name, and {board: title} for where they lead. One query."""
    fields = ["pk", "name", "to", "board_id", "board__title", "board__live"]
    fields += sorted({column for what in COLUMNS for column in what[1:]})
    routes = list(Route.objects.filter(active=True).order_by("name", "pk").values(*fields))
    routes = [route for route in routes if route["board_id"] is None or route["board__live"]]
    titles = {route["board_id"]: route["board__title"] for route in routes if route["board_id"]}
    return [as_rule(route) for route in routes], titles


def as_rule(route: dict) -> Rule:
    """A route's row as the pure rules know it."""
    given = {what: (route[value], route[name]) for what, value, name in COLUMNS}
    return Rule(
        id=route["pk"],
        name=route["name"],
        conditions=conditions(**given),
        to=route["to"],
        board=route["board_id"],
    )


def refer(*, matter: Matter, themes: Collection[Theme], actions: Collection[Action] = ()) -> Sent:
    """The matter's referrals by the rules of today, written at once. The deed tells them after."""
    rules, titles = rules_in_use()
    found = recipients(signs_of(matter, themes, actions, rules), rules)
    named = {theme.pk: theme for theme in themes}
    rows = Referral.objects.bulk_create(_referral(matter, recipient, named) for recipient in found)
    return _sent(rows, titles)


def refer_again(
    *, matter: Matter, themes: Collection[Theme], actions: Collection[Action] = ()
) -> tuple[Sent, list[Referral]]:
    """Move the matter to where the rules send it now: (what is new there, all others it touched).

    What no longer fits is recalled, unless a board already works on it: an insight or a decision
    keeps what it was made of. Nothing is deleted.
    """
    rules, titles = rules_in_use()
    found = recipients(signs_of(matter, themes, actions, rules), rules)
    wanted = {(recipient.board, recipient.theme): recipient for recipient in found}
    named = {theme.pk: theme for theme in themes}
    new, touched = [], []
    for referral in matter.referrals.select_for_update(of=("self",)).select_related("theme"):
        was = referral.state
        _move(referral, wanted.pop((referral.board_id, referral.theme_id), None))
        if was != ReferralState.RECALLED:
            touched.append(referral)
        elif referral.state == ReferralState.NEW:
            new.append(referral)
    Referral.objects.bulk_update([*new, *touched], ["state", "because"])
    new += Referral.objects.bulk_create(
        _referral(matter, recipient, named) for recipient in wanted.values()
    )
    return _sent(new, titles), touched


def tell_of(referrals: Iterable[Referral], *, kind: str) -> None:
    """Tell each referral's audience, naming the referral and nothing else."""
    for referral in referrals:
        tell(referral.audience, kind=kind, object_id=referral.pk, url=referral.url)


def signs_of(
    matter: Matter, themes: Collection[Theme], actions: Collection[Action], rules: Sequence[Rule]
) -> Signs:
    """What the rules may ask about the matter. Counts and leads are read only when a rule asks."""
    asked = {condition.what for rule in rules for condition in rule.conditions}
    ids = frozenset(theme.pk for theme in themes)
    known = Signs(
        themes=ids,
        actions=frozenset(action.pk for action in actions),
        district=matter.district_id,
        space=matter.space_id,
        flags=frozenset(matter.flags),
        volumes=_volumes(matter, ids) if "volume" in asked else {},
    )
    if any(rule.to == Route.To.LEADS and matches(rule, known) for rule in rules):
        leads = ThemeLead.objects.filter(theme__in=ids, person__is_active=True)
        led = frozenset(leads.values_list("theme", flat=True))
        known = Signs(**{**vars(known), "led": led})
    return known


def _volumes(matter: Matter, themes: frozenset[int]) -> dict[int, int]:
    """{theme: matters of the last seven days about it and the same district}, this one included."""
    since = timezone.localdate() - WEEK
    places = Matter.themes.through.objects.filter(
        theme__in=themes,
        matter__raised_on__gt=since,
        matter__district=matter.district_id,
        matter__withdrawn=False,
    )
    return dict(places.order_by().values_list("theme").annotate(Count("matter")))


def _referral(matter: Matter, recipient: Recipient, themes: dict[int, Theme]) -> Referral:
    return Referral(
        matter=matter,
        board_id=recipient.board,
        theme=themes.get(recipient.theme) if recipient.theme else None,
        because=because.kept(recipient.because),
    )


def _move(referral: Referral, recipient: Recipient | None) -> None:
    if recipient is None:
        if referral.state == ReferralState.NEW:
            referral.state = ReferralState.RECALLED
        return
    referral.because = because.kept(recipient.because)
    if referral.state == ReferralState.RECALLED:
        referral.state = ReferralState.NEW


def _sent(referrals: list[Referral], titles: dict[int, str]) -> Sent:
    leads = [
        gettext("those who lead “%(theme)s”") % {"theme": row.theme.short}
        for row in referrals
        if row.theme
    ]
    return Sent(
        referrals, to=[*(titles[row.board_id] for row in referrals if row.board_id), *leads]
    )
