"""The order of the questions: one thing a page, and only those that still matter. Nothing but rules.

1. What happened, who it is about, what would make it better; then a call's own questions.
2. Where, and what it is about.
3. What we may do, one consent a page. Quoting, passing on and research rest on the first: after a
   no to it they are not asked.
4. A way to be reached, only after a yes to being contacted. Then the questions about the person.
"""

from collections.abc import Mapping
from typing import Any

WORDS = "what-happened"
FIRST = (WORDS, "who", "better")
MIDDLE = ("where", "themes")
INSIGHT = "use-it"
ON_INSIGHT = ("quote", "pass-on", "research")
CONTACT = "contact"
REACH = "reach-you"
LAST = "about-you"
CHECK = "check"
QUESTION = "question-"

# The purpose that each consent's page asks about.
PURPOSES = {
    INSIGHT: "insight",
    "quote": "quote",
    "pass-on": "share",
    "research": "research",
    CONTACT: "contact",
}
# Addresses under /share/ that are pages, and so cannot be a call's.
PAGES = (CHECK, "before", "who-sees", "saved", "delete", "finish", "cleared", "leave")
NAMES = (*FIRST, *MIDDLE, *PURPOSES, REACH, LAST)
RESERVED = frozenset({*NAMES, *PAGES})


def steps(answers: Mapping[str, Any], questions: int = 0) -> list[str]:
    """The pages of this person's journey, as far as their answers tell."""
    asked = [f"{QUESTION}{number}" for number in range(1, questions + 1)]
    on_insight = ON_INSIGHT if answers.get("consent_insight") != "no" else ()
    reach = (REACH,) if answers.get("consent_contact") == "yes" else ()
    return [*FIRST, *asked, *MIDDLE, INSIGHT, *on_insight, CONTACT, *reach, LAST]


def after(step: str, answers: Mapping[str, Any], questions: int = 0) -> str:
    """The page that follows this one; after the last, the check page."""
    path = steps(answers, questions)
    place = path.index(step) + 1 if step in path else len(path)
    return path[place] if place < len(path) else CHECK


def after_change(answers: Mapping[str, Any], questions: int = 0) -> str:
    """Where a change leads: to a consent that now matters and was never asked, else back to check."""
    for step in steps(answers, questions):
        if step in PURPOSES and f"consent_{PURPOSES[step]}" not in answers:
            return step
        if step == REACH and "email" not in answers:
            return step
    return CHECK


def before(step: str, answers: Mapping[str, Any], questions: int = 0) -> str | None:
    """The page before this one; None before the first."""
    path = steps(answers, questions)
    if step == CHECK:
        return path[-1]
    place = path.index(step) if step in path else 0
    return path[place - 1] if place else None


def asks_for_words(step: str | None) -> bool:
    """Whether people write in their own words on this page, so that the next looks after them."""
    return step in {WORDS, "better"} or (step or "").startswith(QUESTION)


def holds_words(name: str) -> bool:
    """Whether the answer of this name is somebody's own words."""
    return name in {"text", "better"} or name.startswith("question_")


def question_number(step: str) -> int | None:
    """Which of a call's questions this page asks."""
    number = step.removeprefix(QUESTION) if step.startswith(QUESTION) else ""
    return int(number) if number.isascii() and number.isdigit() else None


def is_short(text: str) -> bool:
    """Whether a text is so short that one more sentence is gently invited. It is never refused."""
    return 0 < len(text.split()) <= 3
