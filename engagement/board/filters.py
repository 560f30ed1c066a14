"""Choosing what a desk shows: by theme, district and state. Nonsense in an address counts as
nothing chosen.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from engagement.routing.models import OPEN_STATES, ReferralQuerySet, ReferralState
from engagement.themes.models import District, Theme

SHOWN_STATES = (ReferralState.NEW, ReferralState.GROUPED, ReferralState.DECIDED)
STATE_WORDS = {
    ReferralState.NEW: _("New"),
    ReferralState.GROUPED: _("In an insight"),
    ReferralState.DECIDED: _("Decided"),
}


@dataclass(frozen=True)
class Chosen:
    """What somebody chose to see. `apply` narrows a desk's referrals to it."""

    theme: Theme | None
    district: District | None
    states: frozenset[str]
    themes: tuple[Theme, ...]
    districts: tuple[District, ...]

    def apply(self, referrals: ReferralQuerySet) -> ReferralQuerySet:
        """Referrals that are about what was chosen, in the chosen states."""
        if self.theme:
            referrals = referrals.filter(matter__themes=self.theme)
        if self.district:
            referrals = referrals.filter(matter__district=self.district)
        return referrals.filter(state__in=self.states)

    @property
    def address(self) -> str:
        """The choice as the end of an address, so that the next page shows the same."""
        chosen: list[tuple[str, str]] = []
        if self.theme:
            chosen.append(("theme", self.theme.slug))
        if self.district:
            chosen.append(("district", self.district.slug))
        if self.states != OPEN_STATES:
            chosen += [("state", state) for state in sorted(self.states)]
        return urlencode(chosen)


def chosen(query: QueryDict) -> Chosen:
    """What the address asks for. Without states: what still waits for a decision. Two queries."""
    themes = tuple(Theme.objects.current())
    districts = tuple(District.objects.all())
    states = frozenset(query.getlist("state")) & frozenset(map(str, SHOWN_STATES))
    return Chosen(
        theme=_named(themes, query.get("theme", "")),
        district=_named(districts, query.get("district", "")),
        states=states or frozenset(map(str, OPEN_STATES)),
        themes=themes,
        districts=districts,
    )


def _named(rows, slug: str):
    return next((row for row in rows if row.slug == slug), None)
