"""What an open receipt shows, put together for its template."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from engagement.experiences import timeline
from engagement.experiences.danger import signs
from engagement.experiences.models import Experience, Provenance, Purpose, State
from engagement.experiences.services import consents_of
from engagement.experiences.wording import ASKINGS
from engagement.themes.models import Theme

# Where it stands, in a sentence.
SENTENCES = {
    State.RECEIVED: _("We have your words. A moderator has not read them yet."),
    State.HELD: _("A moderator has read your words and is taking extra care with them."),
    State.RETURNED: _("A moderator has read your words and needs to ask you something."),
    State.CLEARED: _(
        "Your words have been passed on to people who can act. They have not answered yet."
    ),
    State.DECIDED: _("There is an answer, with its reason. You can read it below."),
    State.ANSWERED: _("Your words have been answered. You can read the answer below."),
    State.WITHDRAWN: _("You took your words back. Nobody uses them any more."),
}
ANSWERED_STATES = frozenset({State.DECIDED, State.ANSWERED})


def context_of(experience: Experience) -> dict[str, Any]:
    """Everything the page of an open receipt shows, but for its form."""
    consents = consents_of([experience])[experience.pk]
    nodes = timeline.of(experience, consents)
    messages = list(experience.messages.all())
    words = [experience.text, experience.better, *(m.text for m in messages if m.from_resident)]
    return {
        "experience": experience,
        "answers": list(experience.answers.all()),
        "sentence": SENTENCES[State(experience.state)],
        "steps": nodes,
        "talk": messages,
        "themes": _themes(experience),
        "agreed": [ASKINGS[purpose].short for purpose in ASKINGS if purpose in consents],
        "can_write": Purpose.CONTACT in consents and hasattr(experience, "contact"),
        "is_answered": experience.state in ANSWERED_STATES,
        "is_withdrawn": experience.state == State.WITHDRAWN,
        "is_erased": not experience.text,
        "help": "possible" if any(signs(text) for text in words) else "",
    }


def _themes(experience: Experience) -> list[Theme]:
    """The themes a person confirmed; before that, those its writer ticked."""
    tags = list(experience.tags.select_related("theme").exclude(provenance=Provenance.MACHINE))
    confirmed = [tag.theme for tag in tags if tag.confirmed]
    return list(dict.fromkeys(confirmed or [tag.theme for tag in tags]))
