"""What happens to a matter when somebody behind it takes their words back."""

from django.conf import settings
from django.utils import translation

from engagement.experiences.models import Experience, Purpose
from engagement.routing.experiences import KIND, contributors
from engagement.routing.models import Matter
from engagement.routing.referring import CHANGED, tell_of


def on_withdrawal(experience: Experience, purposes: frozenset[str]) -> None:
    """Runs inside the withdrawing transaction; each desk that has the matter is told to look again.

    1. The one whose words were passed on: their heading goes too. If others said the same, the
       matter stands for them, without words; else it is withdrawn.
    2. One who was linked to it: one person fewer.
    3. A lesser consent, such as quoting: nothing here keeps it, so the desks only look again.
    """
    first = experience.same_as or experience
    # The race: two people behind one matter take back at once. The row's lock lets each count.
    matter = (
        Matter.objects.select_for_update(of=("self",))
        .standing()
        .filter(kind=KIND, reference=first.reference)
        .first()
    )
    if matter is None:
        return
    if Purpose.INSIGHT in purposes:
        _take_out(matter, own=first.pk == experience.pk)
    tell_of(matter.referrals.standing().select_related("theme"), kind=CHANGED)


def _take_out(matter: Matter, *, own: bool) -> None:
    # Counted anew, not taken away one by one: taking back twice takes out one person once.
    matter.people = len(contributors([matter]))
    matter.withdrawn = matter.people == 0
    if own:
        with translation.override(settings.LANGUAGE_CODE):  # for the board, not for the writer
            matter.title = translation.gettext("Taken back by the person who wrote it")
        matter.summary = ""
    matter.save(update_fields=["people", "withdrawn", "title", "summary"])
