"""What the pages of the sharing journey show, put together for their templates."""

import logging
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from engagement.experiences import clocks, danger, equality, forms, journey, timeline
from engagement.experiences.models import About, Call
from engagement.experiences.services import Shared, consents_of
from engagement.experiences.wording import ASKINGS
from engagement.themes.models import Characteristic, District, Theme
from engagement.themes.services import suggester
from heard.plaintext import clean_text, is_blank

log = logging.getLogger(__name__)
# A long text takes the model seconds. The page's guess is made from its start; what the moderator
# gets is made from all of it, afterwards.
_READ_AT_ONCE = 1000
FORMS = {
    "what-happened": forms.WhatHappenedForm,
    "who": forms.WhoForm,
    "better": forms.BetterForm,
    "where": forms.WhereForm,
    "reach-you": forms.ReachForm,
    "about-you": forms.AboutYouForm,
}
Answers = Mapping[str, Any]


def url(name: str, call: Call | None = None) -> str:
    """Where a page of the journey is, inside its call where there is one."""
    inside = [call.slug] if call else []
    if name in {"start", "care", "check"}:
        return reverse(f"experiences:{name}", args=inside)
    return reverse("experiences:step", args=[*inside, name])


def where_left(answers: Answers, call: Call | None) -> str:
    """Where somebody who comes back to a saved story goes on: the first page they have not answered."""
    for step in journey.steps(answers, question_count(call)):
        form = form_for(step, call, answers)
        if form and not any(name in answers for name in form.fields):
            return url(step, call)
    return url(journey.CHECK, call)


def form_for(
    step: str, call: Call | None, answers: Answers, data: Any = None
) -> forms.StepForm | None:
    """The form of a page; None when this call has no such question."""
    if number := journey.question_number(step):
        questions = list(call.questions.all()) if call else []
        if number > len(questions):
            return None
        return forms.QuestionForm(data, answers=answers, question=questions[number - 1])
    if step in journey.PURPOSES:
        return forms.ConsentForm(data, answers=answers, purpose=journey.PURPOSES[step])
    if step == "themes":
        suggestions = _suggestions(answers) if data is None else ()
        return forms.ThemesForm(data, answers=answers, suggestions=suggestions)
    return FORMS[step](data, answers=answers)


def question_count(call: Call | None) -> int:
    """How many questions of its own a call asks."""
    return call.questions.count() if call else 0


def step_context(
    step: str, call: Call | None, answers: Answers, *, changing: bool
) -> dict[str, Any]:
    """Everything a question's page shows beside its form."""
    count = question_count(call)
    path = journey.steps(answers, count)
    previous = journey.before(step, answers, count)
    back = url(previous or "care", call)
    return {
        "call": call,
        "step": step,
        "back_url": url("check", call) if changing else back,
        "step_number": path.index(step) + 1 if step in path and not changing else None,
        "step_total": len(path),
        "first_url": url(journey.WORDS, call),
        "help": help_level(answers if changing else _words_before(previous, answers)),
        "is_short": previous == journey.WORDS and journey.is_short(answers.get("text", "")),
    }


def _words_before(step: str | None, answers: Answers) -> Answers:
    """The words written on the page before: help comes once, right after them, and then leaves room."""
    if step in {journey.WORDS, "better"}:
        name = "text" if step == journey.WORDS else "better"
        return {name: answers.get(name, "")}
    if journey.asks_for_words(step):
        return {name: words for name, words in answers.items() if name.startswith("question_")}
    return {}


def help_level(answers: Answers) -> str:
    """Which help the next page shows: "clear", "possible" or none."""
    words = words_of(answers).values()
    weights = [sign.weight for text in words for sign in danger.signs(text)]
    return danger.Weight(max(weights)).name.lower() if weights else ""


def words_of(answers: Answers) -> dict[str, str]:
    """{name: somebody's own words}. They stand in the check page too, so that no outage takes them."""
    return {name: value for name, value in answers.items() if journey.holds_words(name) and value}


def words_in(posted: Answers, call: Call | None) -> dict[str, str]:
    """The words that came with the check page, cleaned."""
    names = ["text", "better"]
    names += [f"question_{question.pk}" for question in (call.questions.all() if call else ())]
    cleaned = {name: clean_text(str(posted.get(name, ""))) for name in names}
    return {name: words for name, words in cleaned.items() if not is_blank(words)}


def confirmation(shared: Shared) -> dict[str, Any]:
    """The page that answers the sending: the receipt, and what happens next and by when."""
    experience = shared.experience
    consents = consents_of([experience])[experience.pk]
    return {
        "receipt": shared.receipt,
        "reference": experience.reference,
        "steps": timeline.expected(experience, consents),
        "help": help_level({"text": experience.text, "better": experience.better}),
        "can_write": "contact" in consents,
    }


def read_by() -> date:
    """The day by which a moderator reads what is sent today."""
    return clocks.working_days_after(timezone.localdate(), settings.READ_WITHIN_WORKING_DAYS)


def check_rows(call: Call | None, answers: Answers) -> list[dict[str, Any]]:
    """The answers about what happened, each with the way to change it."""
    rows = [
        _row(_("What happened"), answers["text"], "what-happened", call, _("what happened")),
        _row(
            _("Who it is about"),
            str(dict(About.choices).get(answers.get("about", ""), "")),
            "who",
            call,
            _("who it is about"),
        ),
        _row(
            _("What would make it better"),
            answers.get("better", ""),
            "better",
            call,
            _("what would make it better"),
        ),
    ]
    for number, question in enumerate(call.questions.all() if call else (), start=1):
        answer = answers.get(f"question_{question.pk}", "")
        step = f"{journey.QUESTION}{number}"
        rows.append(_row(question.question, answer, step, call, question.question))
    rows.append(_row(_("Where"), _place(answers), "where", call, _("where")))
    themes = _row(
        _("What it is about"), _("You are not sure"), "themes", call, _("what it is about")
    )
    themes["themes"] = list(Theme.objects.current().filter(slug__in=answers.get("themes", [])))
    return [*rows, themes]


def consent_rows(call: Call | None, answers: Answers) -> list[dict[str, Any]]:
    """What was agreed to, what was not, and the questions about the person."""
    rows = []
    for step in journey.steps(answers):
        if step not in journey.PURPOSES:
            continue
        asking = ASKINGS[journey.PURPOSES[step]]
        agreed = answers.get(f"consent_{journey.PURPOSES[step]}") == "yes"
        row = _row(asking.short, _("Yes") if agreed else _("No"), step, call, asking.short)
        rows.append(row | {"status_state": "changed" if agreed else "no"})
    if journey.REACH in journey.steps(answers):
        rows.append(
            _row(
                _("Where we write to"),
                answers.get("email", ""),
                "reach-you",
                call,
                _("where we write to"),
            )
        )
    told = any(answers.get(f"equality_{name}") for name in equality.QUESTIONS)
    said = _("Answered. They are kept apart.") if told else _("Not answered. That is fine.")
    rows.append(_row(_("Questions about you"), said, "about-you", call, _("questions about you")))
    return rows


def _row(key, value: str, step: str, call: Call | None, what) -> dict[str, Any]:
    shown = value or _("Not answered")
    return {"key": key, "value": shown, "url": f"{url(step, call)}?change=1", "what": what}


def _place(answers: Answers) -> str:
    district = District.objects.filter(slug=answers.get("district", "")).first()
    community = Characteristic.objects.filter(slug=answers.get("community", "")).first()
    return "\n".join(str(part) for part in (district, community) if part)


def _suggestions(answers: Answers) -> list:
    """What the text may be about. A suggester in trouble only means a page without suggestions."""
    try:
        return suggester().suggest(answers.get("text", "")[:_READ_AT_ONCE])
    except Exception as error:  # whatever it is, the person must be able to go on
        log.error("no themes could be suggested (%s)", type(error).__name__)
        return []
