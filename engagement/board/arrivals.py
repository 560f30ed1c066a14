"""What a desk shows of each matter it was sent: read for a whole page at once, and never the raw
words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext

from engagement.board.counting import capped_sums
from engagement.experiences.models import Purpose
from engagement.routing.because import in_words
from engagement.routing.kinds import MatterFacts, facts_of
from engagement.routing.models import Matter, Referral, ReferralState
from engagement.themes.models import Theme
from heard.templatetags.heard import about_count, theme_name

ALIKE_MOST = 500  # matters looked at when counting who says the same


@dataclass(frozen=True)
class Voice:
    """A matter as a board may read it: its heading and place, and the cleared words behind it."""

    matter: Matter
    facts: MatterFacts

    @property
    def withdrawn(self) -> bool:
        """Taken back, and nobody else stands behind it: nothing of it may be shown but that."""
        return self.matter.withdrawn

    @property
    def words_gone(self) -> bool:
        """The words were taken back, while others who said the same still stand by it."""
        return self.facts.withdrawn and not self.matter.withdrawn

    @property
    def themes(self) -> list[Theme]:
        return list(self.matter.themes.all())

    @property
    def place(self) -> str:
        """Where it is about: a district, else a community, else nothing."""
        return str(self.matter.district or self.matter.community or "")

    @property
    def may_be_quoted(self) -> bool:
        return Purpose.QUOTE in self.facts.consents


@dataclass(frozen=True)
class Arrival(Voice):
    """One row of a desk. `alike` is how many people spoke of the same theme in the same place."""

    referral: Referral
    alike: int

    @property
    def is_new(self) -> bool:
        return self.referral.state == ReferralState.NEW

    @property
    def alike_words(self) -> str:
        """How many people spoke of the same, rounded: "About 15 people spoke about Homes here"."""
        if not self.themes:
            return ""
        facts = {
            "people": capfirst(about_count(self.alike)),
            "theme": theme_name(self.themes[0]),
        }
        if self.matter.district:
            return gettext("%(people)s spoke about %(theme)s here") % facts
        return gettext("%(people)s spoke about %(theme)s, with no place named") % facts

    @property
    def because(self) -> list[str]:
        """Why it came to this desk, one sentence for each rule that sent it."""
        return in_words(self.referral.because)


def matters_to_read(referrals):
    """The queryset with what a row shows, so that a page asks as often for many rows as for one."""
    return referrals.select_related("matter__district", "matter__community").prefetch_related(
        "matter__themes"
    )


def arrivals(referrals: Sequence[Referral]) -> list[Arrival]:
    """The rows of these referrals, in their order. Read them with `matters_to_read`."""
    matters = [referral.matter for referral in referrals]
    facts, alike = facts_of(matters), people_alike(matters)
    return [
        Arrival(
            matter=referral.matter,
            facts=facts[referral.matter_id],
            referral=referral,
            alike=alike[referral.matter_id],
        )
        for referral in referrals
    ]


def voices(matters: Iterable[Matter]) -> list[Voice]:
    """The matters as a board may read them, in their order."""
    wanted = list(matters)
    facts = facts_of(wanted)
    return [Voice(matter=matter, facts=facts[matter.pk]) for matter in wanted]


def people_alike(matters: Sequence[Matter]) -> dict[int, int]:
    """{matter id: how many people spoke of its first theme in its district}, counted in one
    statement.

    Not further than `ALIKE_MOST` matters. Say it rounded: `about_count`.
    """
    pairs = {matter.pk: _pair(matter) for matter in matters}
    wanted = sorted({pair for pair in pairs.values() if pair[0] is not None}, key=str)
    like = [
        Matter.objects.standing().filter(themes=theme, district=district)
        for theme, district in wanted
    ]
    people = dict(zip(wanted, capped_sums(like, "people", cap=ALIKE_MOST), strict=True))
    return {pk: people.get(pair, 0) for pk, pair in pairs.items()}


def _pair(matter: Matter) -> tuple[int | None, int | None]:
    themes = matter.themes.all()
    return (themes[0].pk if themes else None, matter.district_id)
