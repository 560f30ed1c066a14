"""Everything a moderator's page of one experience shows, gathered in a constant number of queries."""

from dataclasses import dataclass, field

from engagement.experiences.erasure import KIND
from engagement.experiences.models import (
    HEARD_STATES,
    Answer,
    Experience,
    Message,
    Provenance,
    Purpose,
    State,
    Tag,
)
from engagement.experiences.services import consents_of
from engagement.experiences.wording import ASKINGS
from engagement.routing import likeness
from engagement.routing.models import Matter, Referral
from engagement.routing.queue import language_of, note_of, page_of
from engagement.themes.models import Theme
from heard.moderation.models import ModerationDecision, QueueItem

RECENT = 200  # how many of the latest are looked through for one like it


@dataclass
class Reading:
    """One experience as a moderator sees it."""

    experience: Experience
    item: QueueItem | None
    answers: list[Answer]
    tags: list[Tag]
    themes: list[Theme]
    consents: frozenset[str]
    messages: list[Message]
    decisions: list[ModerationDecision]
    matter: Matter | None = None
    referrals: list[Referral] = field(default_factory=list)
    alike: list[Experience] = field(default_factory=list)

    @property
    def page(self) -> str:
        """The address of this page."""
        return page_of(self.experience.reference)

    @property
    def waits(self) -> bool:
        """Whether a moderator can act on it now."""
        return self.experience.state in {State.RECEIVED, State.HELD}

    @property
    def may_pass_on(self) -> bool:
        """Whether its writer agreed that it is used."""
        return Purpose.INSIGHT in self.consents

    @property
    def note(self) -> str:
        """What hard things are inside, in words; with it the words stay closed until opened."""
        return note_of(self.item.flags) if self.item else ""

    @property
    def language(self) -> str:
        """The language it was written in, where it is not English."""
        code = self.experience.language
        return "" if not code or code.startswith("en") else language_of(self.experience)

    @property
    def agreed(self) -> list[dict[str, object]]:
        """Each thing that was asked, in words, and whether it was agreed to."""
        return [
            {"words": asking.short, "yes": purpose in self.consents}
            for purpose, asking in ASKINGS.items()
        ]

    @property
    def texts(self) -> list[str]:
        """The writer's own words, all of them."""
        own = [self.experience.text, self.experience.better, *(a.text for a in self.answers)]
        return [words for words in own if words]

    def tagged(self, provenance: str) -> dict[int, Tag]:
        """{theme id: tag} from one source, in rank."""
        return {tag.theme_id: tag for tag in self.tags if tag.provenance == provenance}

    @property
    def confirmed(self) -> set[int]:
        """The themes a person confirmed."""
        return {theme for theme, tag in self.tagged(Provenance.PERSON).items() if tag.confirmed}


def read(experience: Experience) -> Reading:
    """All that belongs on the page of this experience."""
    reference = experience.reference
    items = QueueItem.objects.select_related("claimed_by")
    reading = Reading(
        experience=experience,
        item=items.filter(kind=KIND, object_id=reference).first(),
        answers=list(experience.answers.all()),
        tags=list(experience.tags.select_related("theme", "action__theme")),
        themes=list(Theme.objects.current().prefetch_related("actions")),
        consents=consents_of([experience])[experience.pk],
        messages=list(experience.messages.select_related("by")),
        decisions=list(ModerationDecision.objects.about(KIND, reference).select_related("by")),
    )
    if reading.waits:
        reading.alike = _alike(experience)
    else:
        _add_matter(reading)
    return reading


def _add_matter(reading: Reading) -> None:
    first = reading.experience.same_as or reading.experience
    matters = Matter.objects.filter(kind=KIND, reference=first.reference)
    reading.matter = matters.prefetch_related("themes", "actions__theme").first()
    if reading.matter is not None:
        reading.referrals = list(reading.matter.referrals.select_related("board", "theme"))


def _alike(experience: Experience) -> list[Experience]:
    """Of the latest that were passed on, those that say most nearly the same."""
    recent = (
        Experience.objects.filter(state__in=HEARD_STATES, cleared_text__gt="", same_as=None)
        .exclude(pk=experience.pk)
        .order_by("-shared_on", "pk")[:RECENT]
    )
    rows = {row.reference: row for row in recent}
    texts = {reference: row.cleared_text for reference, row in rows.items()}
    return [rows[reference] for reference in likeness.closest(experience.text, texts)]
