"""The pages of /share/. None needs a sign-in, a session or a script."""

from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import check_for_language, get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from engagement.experiences import drafts, forms, journey, leaving, limited, pages, sending
from engagement.experiences import story as stories
from engagement.experiences.models import Call
from engagement.experiences.services import KeyReused
from engagement.experiences.story import Story
from heard import limits

ASKED = require_http_methods(["GET", "HEAD", "POST"])
# Far above what a full library types in an hour: each person begins once.
BEGIN = limits.Limit("share-begin", 600, 3600)


@require_safe
def start(request: HttpRequest, call: str | None = None) -> HttpResponse:
    """What happens, who reads it, how private it is, how to leave."""
    found = _call(call)
    context = {
        "call": found,
        "care_url": pages.url("care", found),
        "first_url": pages.url(journey.WORDS, found),
        "story": stories.read(request),
        "read_by": pages.read_by(),
        "days": settings.READ_WITHIN_WORKING_DAYS,
    }
    return render(request, "experiences/share/start.html", context)


@ASKED
def care(request: HttpRequest, call: str | None = None) -> HttpResponse:
    """The page before the first question. Nobody reaches a question without it."""
    found = _call(call)
    if request.method == "POST":
        told = stories.read(request)
        response = redirect(pages.url(journey.WORDS, found))
        stories.remember(response, told if told and not told.sent else stories.begin())
        return response
    context = {"call": found, "back_url": pages.url("start", found)}
    return render(request, "experiences/share/care.html", context)


@ASKED
def step(request: HttpRequest, step: str, call: str | None = None) -> HttpResponse:
    """One question. Its answer is kept, encrypted, before the next is asked."""
    found = _call(call)
    told = stories.read(request)
    if told and told.sent:
        told = None
    if request.method == "POST":
        return _answer(request, step, found, told)
    if told is None:
        return redirect(pages.url("care", found))
    answers = drafts.open_draft(told.receipt) or {}
    return _ask(request, step, found, answers)


@ASKED
def check(request: HttpRequest, call: str | None = None) -> HttpResponse:
    """Everything once more before it is sent; then the receipt, as the answer to the sending."""
    found = _call(call)
    told = stories.read(request)
    if request.method == "POST":
        return _send(request, found, told or stories.begin())
    if told is None or told.sent:
        return redirect(pages.url("start", found))
    answers = drafts.open_draft(told.receipt) or {}
    return _show_check(request, found, answers)


@require_safe
def who_sees(request: HttpRequest) -> HttpResponse:
    """Who gets what is shared, and who never does."""
    return render(request, "experiences/share/who_sees.html", {"days": drafts.DAYS})


@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """The number by which somebody finds their story again."""
    told = stories.read(request)
    if told is None:
        return redirect(pages.url("start"))
    return render(
        request, "experiences/share/saved.html", {"receipt": told.receipt, "days": drafts.DAYS}
    )


@ASKED
def delete(request: HttpRequest) -> HttpResponse:
    """Delete it all instead of sending it."""
    if request.method != "POST":
        return render(request, "experiences/share/delete.html")
    told = stories.read(request)
    if told:
        drafts.forget_draft(told.receipt)
    return leaving.clear(redirect("experiences:cleared"))


@require_POST
def finish(request: HttpRequest) -> HttpResponse:
    """Leave the journey and clear this device. What was sent or saved stays with us."""
    return leaving.clear(redirect("experiences:cleared"))


@require_safe
def cleared(request: HttpRequest) -> HttpResponse:
    """Nothing of it is on this device any more."""
    return render(request, "experiences/share/cleared.html")


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Exit this page: gone at once, and nothing of it left on this device.

    A GET that changes something, on purpose: Exit must work as a plain link, without a script and
    without a token that may have run out. All it does is clear this device, and delete a story that
    was neither sent nor saved for later. A link on somebody else's site does not even do that.
    """
    response = HttpResponseRedirect(settings.EXIT_ADDRESS)
    if not leaving.is_own_doing(request):
        return response
    told = stories.read(request)
    try:
        if told and not told.sent and not (drafts.open_draft(told.receipt) or {}).get("saved"):
            drafts.forget_draft(told.receipt)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            request.session.flush()
    except DatabaseError:  # the way out is open, whatever is broken; the row goes after 30 days
        pass
    return leaving.clear(response)


def _call(slug: str | None) -> Call | None:
    return get_object_or_404(Call, slug=slug) if slug else None


def _ask(
    request: HttpRequest,
    step: str,
    call: Call | None,
    answers: pages.Answers,
    form: forms.StepForm | None = None,
) -> HttpResponse:
    form = form or pages.form_for(step, call, answers)
    if form is None:
        return redirect(pages.url("check", call))
    context = pages.step_context(step, call, answers, changing="change" in request.GET)
    template = f"experiences/share/{'consent' if step in journey.PURPOSES else _name(step)}.html"
    status = 422 if form.errors else 200
    return render(request, template, {**context, "form": form}, status=status)


def _name(step: str) -> str:
    return "question" if journey.question_number(step) else step.replace("-", "_")


def _answer(request: HttpRequest, step: str, call: Call | None, told: Story | None) -> HttpResponse:
    if told is None and not limits.allowed(BEGIN, limits.caller(request)):
        return limited.answer(request, BEGIN)
    told = told or stories.begin()
    answers = drafts.open_draft(told.receipt) or {}
    form = pages.form_for(step, call, answers, request.POST)
    if form is None:
        return redirect(pages.url("check", call))
    resting = "save" in request.POST or "language" in request.POST
    if not (form.is_valid() or (resting and form.can_be_kept)):
        return _ask(request, step, call, answers, form)
    changes = {**form.changes, "call": call.slug if call else ""}
    if "save" in request.POST:
        changes["saved"] = True
    told, answers = _keep(told, changes)
    response = redirect(_onward(request, step, call, answers))
    stories.remember(response, told)
    return _speak(request, response)


def _keep(told: Story, changes: dict[str, Any]) -> tuple[Story, dict[str, Any]]:
    """Keep these answers; as a new story when this one was sent meanwhile from another tab."""
    try:
        return told, drafts.keep_draft(key=told.key, changes=changes)
    except drafts.AlreadySent:
        another = stories.begin()
        return another, drafts.keep_draft(key=another.key, changes=changes)


def _onward(request: HttpRequest, step: str, call: Call | None, answers: dict[str, Any]) -> str:
    if "save" in request.POST:
        return reverse("experiences:saved")
    if "language" in request.POST:
        return request.get_full_path()
    count = pages.question_count(call)
    if "change" not in request.GET:
        return pages.url(journey.after(step, answers, count), call)
    onward = journey.after_change(answers, count)
    return pages.url(onward, call) + ("" if onward == journey.CHECK else "?change=1")


def _speak(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The language that was chosen at the foot of a question, with the answer kept."""
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES) and check_for_language(language):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
    return response


def _show_check(
    request: HttpRequest, call: Call | None, answers: pages.Answers, *, again: bool = False
) -> HttpResponse:
    if not answers.get("text"):
        return redirect(pages.url(journey.WORDS, call))
    context = {
        "call": call,
        "rows": pages.check_rows(call, answers),
        "consents": pages.consent_rows(call, answers),
        "words": pages.words_of(answers),
        "unused": answers.get("consent_insight") != "yes",
        "help": pages.help_level(answers),
        "is_short": journey.is_short(answers["text"]),
        "first_url": pages.url(journey.WORDS, call),
        "back_url": pages.url(journey.before(journey.CHECK, answers) or "start", call),
        "again": again,
    }
    return render(request, "experiences/share/check.html", context, status=409 if again else 200)


def _send(request: HttpRequest, call: Call | None, told: Story) -> HttpResponse:
    if not limits.allowed(limits.SHARE, limits.caller(request)):
        return limited.answer(request, limits.SHARE)
    words = pages.words_in(request.POST, call)
    language = get_language() or ""
    try:
        shared = sending.send_story(key=told.key, call=call, language=language, words=words)
    except sending.NotReady:
        told, _answers = _keep(told, words)
        back = redirect(pages.url(journey.WORDS, call))
        stories.remember(back, told)
        return back
    except KeyReused:
        return _send_as_another(request, call, told, words)
    context = {**pages.confirmation(shared), "call": call}
    response = render(request, "experiences/share/sent.html", context)
    stories.remember(response, Story(told.key, sent=True))
    return response


def _send_as_another(
    request: HttpRequest, call: Call | None, told: Story, words: pages.Answers
) -> HttpResponse:
    """An earlier version was sent: what was sent stays as it is, and this one may be sent beside it."""
    written = {**(drafts.open_draft(told.receipt) or {}), **words}
    drafts.forget_draft(told.receipt)
    another, answers = _keep(stories.begin(), written)
    response = _show_check(request, call, answers, again=True)
    stories.remember(response, another)
    return response
