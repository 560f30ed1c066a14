"""How experiences show in the moderators' queue."""

from collections.abc import Iterable, Sequence

from django.db.models import Prefetch
from django.utils.text import Truncator
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from engagement.experiences import danger
from engagement.experiences.erasure import KIND
from engagement.experiences.models import Experience, Provenance, State, Tag
from heard.moderation import registry
from heard.moderation.models import QueueItem
from heard.moderation.registry import RowFacts

DANGERS = {
    danger.LIFE: gettext_lazy("someone’s life may be in danger"),
    danger.ABUSE: gettext_lazy("someone is being hurt by another person"),
    danger.CHILD: gettext_lazy("a child may be at risk"),
}
FLAGS = {"replied": gettext_lazy("The writer replied")}
EXCERPT = 160


def register() -> None:
    """Let the queue show experiences."""
    registry.register(KIND, gettext_lazy("Experience"), rows=rows, url=page_of)


def page_of(reference: str) -> str:
    """Where a moderator reads it."""
    return f"/moderation/experience/{reference}/"


def rows(references: Sequence[str]) -> dict[str, RowFacts]:
    """What the queue shows of each, in three queries however many there are."""
    tags = Tag.objects.select_related("theme")
    found = (
        Experience.objects.filter(reference__in=references)
        .select_related("district")
        .prefetch_related(Prefetch("tags", queryset=tags))
    )
    items = QueueItem.objects.filter(kind=KIND, object_id__in=references)
    flags = dict(items.values_list("object_id", "flags"))
    return {row.reference: _facts(row, flags.get(row.reference, [])) for row in found}


def note_of(flags: Iterable[str]) -> str:
    """What hard things are inside, in words; nothing when no danger was seen."""
    said = [str(words) for code, words in DANGERS.items() if code in set(flags)]
    return "; ".join(said)


def language_of(experience: Experience) -> str:
    """The language it was written in, as we call it; nothing for one we do not know."""
    try:
        return get_language_info(experience.language)["name_translated"]
    except KeyError:
        return ""


def _facts(experience: Experience, flags: Sequence[str]) -> RowFacts:
    lines = [experience.district.name if experience.district else _("No place given")]
    if experience.language and not experience.language.startswith("en"):
        lines.append(_("In %(language)s") % {"language": language_of(experience) or "?"})
    if experience.state == State.WITHDRAWN:
        lines.append(_("Its writer took it back"))
    lines += [str(FLAGS[flag]) for flag in flags if flag in FLAGS]
    return RowFacts(
        title=_title(experience),
        reference=experience.reference,
        lines=tuple(lines),
        excerpt=Truncator(experience.text).chars(EXCERPT),
        note=note_of(flags),
    )


def _title(experience: Experience) -> str:
    """The theme its writer ticked, or else what was suggested first."""
    tags = sorted(experience.tags.all(), key=lambda tag: tag.provenance != Provenance.RESIDENT)
    if not tags:
        return _("Experience")
    return _("Experience: %(theme)s") % {"theme": tags[0].theme.short}
