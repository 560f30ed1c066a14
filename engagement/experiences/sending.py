"""From the answers of a draft to an experience: what the last button of the journey does."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import transaction

from engagement.experiences import drafts, equality, journey, receipts
from engagement.experiences.models import Call, Draft, Receipt
from engagement.experiences.services import Shared, share_experience
from engagement.themes.models import Characteristic, District, Theme


class NotReady(Exception):
    """There are no words to send under this key, or more than we can take."""


@transaction.atomic
def send_story(
    *, key: str, call: Call | None, language: str, words: Mapping[str, Any] | None = None
) -> Shared:
    """The story is shared and its draft is gone; sent twice, the second answers the same receipt.

    `words` are those that stood in the page that was sent; they outrank the draft's. Raises
    NotReady, or KeyReused when this key came before with other words.
    """
    receipt = receipts.derive(key)
    digest = receipts.digest(receipt)
    # The race: the button is pressed twice. The draft's lock lets one through; for the other, and
    # for a page that is loaded again, the draft has gone and the receipt's row answers.
    list(Draft.objects.select_for_update().filter(digest=digest))
    draft = drafts.open_draft(receipt)
    if draft is None:
        sent = Receipt.objects.select_related("experience").filter(digest=digest).first()
        if sent:
            return Shared(sent.experience, receipt, created=False)
    answers = {**(draft or {}), **(words or {})}
    if not answers.get("text") or _is_too_long(answers):
        raise NotReady
    shared = share_experience(key=key, call=call, language=language, **_facts(answers, call))
    drafts.forget_draft(receipt)
    return shared


def _is_too_long(answers: Mapping[str, Any]) -> bool:
    words = [value for name, value in answers.items() if journey.holds_words(name)]
    return any(len(text) > settings.EXPERIENCE_MAX_LENGTH for text in words)


def _facts(answers: Mapping[str, Any], call: Call | None) -> dict[str, Any]:
    questions = call.questions.all() if call else ()
    consents = _consents(answers)
    return {
        "text": answers["text"],
        "better": answers.get("better", ""),
        "about": answers.get("about", ""),
        "answers": [
            (question.question, answers.get(f"question_{question.pk}", ""))
            for question in questions
        ],
        "district": District.objects.filter(slug=answers.get("district", "")).first(),
        "community": Characteristic.objects.filter(slug=answers.get("community", "")).first(),
        "themes": list(Theme.objects.current().filter(slug__in=answers.get("themes", []))),
        "consents": consents,
        "email": answers.get("email", "") if "contact" in consents else "",
        "equality": {
            name: answers[f"equality_{name}"]
            for name in equality.QUESTIONS
            if answers.get(f"equality_{name}")
        },
    }


def _consents(answers: Mapping[str, Any]) -> list[str]:
    """The purposes with a yes; those that rest on the first only where that has its yes."""
    asked = [step for step in journey.steps(answers) if step in journey.PURPOSES]
    purposes = [journey.PURPOSES[step] for step in asked]
    agreed = [purpose for purpose in purposes if answers.get(f"consent_{purpose}") == "yes"]
    return agreed if "insight" in agreed else [p for p in agreed if p == "contact"]
