"""What a receipt shows: each Step in the reader's language, and what happens next and by when.

A room that adds a kind of step of its own registers the words for it here.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from engagement.experiences import clocks
from engagement.experiences.models import Experience, Purpose, State, Step, StepKind
from heard.templatetags.heard import spoken_date


@dataclass
class Node:
    """One point of the thread, as components/thread.html draws it."""

    state: str
    title: str
    words: str = ""
    when: date | None = None
    when_words: str = ""
    kind: str = ""
    template: str = ""
    data: Mapping[str, Any] | None = None


Words = Callable[[Mapping[str, Any]], Node]
_words: dict[str, Words] = {}


def words_for(kind: str) -> Callable[[Words], Words]:
    """Register how a kind of step is told: a function of the step's data."""

    def register(function: Words) -> Words:
        _words[kind] = function
        return function

    return register


def of_steps(steps: Iterable[Step]) -> list[Node]:
    """What happened so far, in order. A kind that nobody registered is left out rather than guessed."""
    nodes = []
    for step in steps:
        if function := _words.get(step.kind):
            node = function(step.data)
            node.when = step.happened_on
            nodes.append(node)
    return nodes


def of(experience: Experience, consents: frozenset[str]) -> list[Node]:
    """The whole thread of an experience: what happened, then what comes next."""
    steps = list(experience.steps.all())
    return [*of_steps(steps), *_next(experience, consents, steps)]


def expected(experience: Experience, consents: frozenset[str]) -> list[Node]:
    """The thread on the day of sharing: what happened just now, and all that should follow."""
    said = Node("said", _("You said it"), _("Your words are stored safely."), when_words=_("Today"))
    nodes = [said, *_next(experience, consents, [])]
    if experience.state == State.RECEIVED and Purpose.INSIGHT in consents:
        reason = _("They must give a reason, whatever they decide.")
        nodes.append(Node("decided", _("Those who can act decide"), reason, kind="next"))
    back = _("Come back with your receipt number. The answer will be there.")
    return [*nodes, Node("wait", _("You see what came of it"), back, kind="open")]


def _next(experience: Experience, consents: frozenset[str], steps: list[Step]) -> list[Node]:
    """What comes next and by when, from where it stands."""
    if experience.state == State.RECEIVED:
        return [_a_person_reads(experience, consents)]
    if experience.state == State.HELD:
        words = _("A moderator decides how to go on. Nobody else sees it meanwhile.")
        return [Node("wait", _("Next: a person decides"), words, kind="open")]
    if experience.state == State.RETURNED:
        words = _("Read what the moderator asks, and write back on this page when you can.")
        return [Node("wait", _("Next: we wait for you"), words, kind="open")]
    if experience.state == State.CLEARED:
        return [_they_decide(experience, steps)]
    if experience.state == State.DECIDED:
        words = _("When there is more to tell, it will be here.")
        due = _due(steps)
        by = _by(due) if due else ""
        return [Node("wait", _("Next: you see what changed"), words, kind="open", when_words=by)]
    return []


def _a_person_reads(experience: Experience, consents: frozenset[str]) -> Node:
    by = clocks.working_days_after(experience.shared_on, settings.READ_WITHIN_WORKING_DAYS)
    if by < clocks.today():
        late = _("We are late, and we are sorry. A moderator should have read it by now.")
        return Node("late", _("A person reads it"), late, when_words=_by(by), kind="next")
    words = _("A moderator takes out what could point to you, then sends it to those who can act.")
    if Purpose.INSIGHT not in consents:
        words = _("A moderator reads it and answers you here. Nobody else sees it.")
    return Node("heard", _("A person reads it"), words, when_words=_by(by), kind="next")


def _they_decide(experience: Experience, steps: list[Step]) -> Node:
    sent = max((step.happened_on for step in steps), default=experience.shared_on)
    by = _due(steps) or sent + timedelta(days=settings.ANSWER_WITHIN_DAYS)
    words = _("They must give a reason, whatever they decide.")
    if by < clocks.today():
        words = _("They are late with their answer. We show that in public too.")
        return Node("late", _("Those who can act decide"), words, when_words=_by(by), kind="next")
    return Node("decided", _("Those who can act decide"), words, when_words=_by(by), kind="next")


def _due(steps: list[Step]) -> date | None:
    """The latest date that was promised in a step."""
    days = [day for step in steps if (day := as_date(step.data.get("due")))]
    return days[-1] if days else None


def _by(day: date) -> str:
    return _("By %(day)s") % {"day": spoken_date(day)}


def as_date(value: object) -> date | None:
    """A date out of a step's data; None where there is none."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


@words_for(StepKind.SAID)
def _said(data: Mapping[str, Any]) -> Node:
    return Node("said", _("You said it"), template="experiences/receipt/_said.html")


@words_for(StepKind.HELD)
def _held(data: Mapping[str, Any]) -> Node:
    words = _("A moderator has set it aside to think about it with care. Nobody else sees it.")
    return Node("wait", _("We are taking extra care"), words)


@words_for(StepKind.ASKED)
def _asked(data: Mapping[str, Any]) -> Node:
    words = _("You can read it, and write back, under “Talk with a moderator”.")
    return Node("wait", _("A moderator wrote to you"), words)


@words_for(StepKind.ANSWERED)
def _answered(data: Mapping[str, Any]) -> Node:
    words = _("You can read the answer under “Talk with a moderator”.")
    return Node("heard", _("A moderator answered you"), words)


@words_for(StepKind.HEARD)
def _heard(data: Mapping[str, Any]) -> Node:
    words = _("A moderator read it, and took out what could point to you.")
    if themes := _listed(data.get("themes")):
        words += "\n" + _("It is about: %(themes)s.") % {"themes": themes}
    return Node("heard", _("We heard"), words)


@words_for(StepKind.REFERRED)
def _referred(data: Mapping[str, Any]) -> Node:
    to = _listed(data.get("to"))
    words = _("We sent it to %(to)s.") % {"to": to} if to else ""
    return Node("heard", _("It reached the people who can act"), words)


@words_for(StepKind.GROUPED)
def _grouped(data: Mapping[str, Any]) -> Node:
    words = _("Others said something like it. They are looked at together, so that it counts more.")
    return Node("heard", _("It was put with others like it"), words)


@words_for(StepKind.DECIDED)
def _decided(data: Mapping[str, Any]) -> Node:
    board = data.get("board") or _("The board")
    titles = {
        "note": _("%(board)s has read it and takes note"),
        "endorse": _("%(board)s agrees"),
        "ask": _("%(board)s asked somebody to act"),
        "refer": _("%(board)s passed it on to those who decide this"),
        "decline": _("%(board)s says no, because"),
    }
    title = titles.get(str(data.get("kind")), _("%(board)s decided")) % {"board": board}
    state = "no" if data.get("kind") == "decline" else "decided"
    return Node(state, title, template="experiences/receipt/_decided.html", data=data)


@words_for(StepKind.COMMITTED)
def _committed(data: Mapping[str, Any]) -> Node:
    facts = {**data, "due": as_date(data.get("due"))}
    title = _("Somebody has promised to act")
    return Node("decided", title, template="experiences/receipt/_committed.html", data=facts)


@words_for(StepKind.PUBLISHED)
def _published(data: Mapping[str, Any]) -> Node:
    title = _("The answer is public")
    return Node("changed", title, template="experiences/receipt/_published.html", data=data)


@words_for(StepKind.WITHDRAWN)
def _withdrawn(data: Mapping[str, Any]) -> Node:
    return Node("no", _("You took it back"), _("Nobody uses your words any more."))


def _listed(value: object) -> str:
    parts = value if isinstance(value, list | tuple) else [value] if value else []
    return ", ".join(str(part) for part in parts)
