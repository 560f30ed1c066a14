"""The pages of /receipt/: opening a receipt, what it shows, writing back, and taking back."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from engagement.experiences import drafts, leaving, limited, pages, receipts, services, visit
from engagement.experiences import story as stories
from engagement.experiences.forms import ReceiptForm, ReplyForm, WithdrawForm
from engagement.experiences.models import Call, Experience, Purpose
from engagement.experiences.receipt_page import context_of
from engagement.experiences.story import Story
from engagement.experiences.wording import ASKINGS
from heard import limits
from heard.plaintext import clean_text

ASKED = require_http_methods(["GET", "HEAD", "POST"])
STORY = "experiences:receipt-story"


@ASKED
def open_receipt(request: HttpRequest) -> HttpResponse:
    """One box. Unknown, mistyped and erased numbers get the same words, after the same work."""
    if request.method != "POST":
        return render(request, "experiences/receipt/open.html", {"form": ReceiptForm()})
    everyone = limits.allowed(limits.RECEIPT_EVERYWHERE, "all")
    if not (limits.allowed(limits.RECEIPT, limits.caller(request)) and everyone):
        return limited.answer(request, limits.RECEIPT)
    experience, draft = look_up(request.POST.get("receipt", ""))
    if experience:
        return _opened(request, experience)
    if draft:
        return render(
            request, "experiences/receipt/unsent.html", {"key": stories.seal(draft["key"])}
        )
    return _refused(request)


def look_up(typed: str) -> tuple[Experience | None, dict[str, Any] | None]:
    """The experience or the draft of this number. Both are looked for, whatever was typed."""
    receipt = receipts.normalise(clean_text(typed)) or ""
    return services.find_by_receipt(receipt), drafts.open_draft(receipt)


@require_POST
def go_on(request: HttpRequest) -> HttpResponse:
    """Go on with a story that was saved and not sent."""
    try:
        told = Story(stories.unseal(request.POST.get("key", ""), seconds=visit.SECONDS))
    except stories.InvalidToken:
        return redirect("experiences:receipt")
    answers = drafts.open_draft(told.receipt) or {}
    call = Call.objects.filter(slug=answers.get("call", "")).first()
    response = redirect(pages.where_left(answers, call))
    stories.remember(response, told)
    return response


def with_open_receipt(view):
    """The view gets the experience whose receipt is open here; without one, the box is shown.

    A message that was being sent is not lost: it goes along and is sent when the receipt is opened.
    """

    @wraps(view)
    def opened(request: HttpRequest) -> HttpResponse:
        experience = visit.read(request)
        if experience is None:
            message = request.POST.get("message", "")
            context = {"form": ReceiptForm(), "message": message, "closed": True}
            return render(request, "experiences/receipt/open.html", context)
        response = view(request, experience)
        if visit.COOKIE not in response.cookies:
            visit.remember(response, experience)  # half an hour from the last page, not the first
        return response

    return opened


@require_safe
@with_open_receipt
def story(request: HttpRequest, experience: Experience) -> HttpResponse:
    """What has happened, what comes next and by when, the conversation, and the choices."""
    return _show(request, experience, ReplyForm())


@require_POST
@with_open_receipt
def reply(request: HttpRequest, experience: Experience) -> HttpResponse:
    """Write to the moderator."""
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _show(request, experience, form, status=422)
    services.reply(experience=experience, text=form.cleaned_data["message"])
    return redirect(f"{_story_url()}#talk")


@require_POST
@with_open_receipt
def answered(request: HttpRequest, experience: Experience) -> HttpResponse:
    """Whether the decision answered the person. A moderator reads it and takes a no further."""
    said = {"yes": _("Yes"), "part": _("In part"), "no": _("No")}.get(request.POST.get("did", ""))
    if said:
        words = _("Did this answer you? %(answer)s.") % {"answer": said}
        services.reply(experience=experience, text=words)
    return redirect(f"{_story_url()}#talk")


@ASKED
@with_open_receipt
def withdraw(request: HttpRequest, experience: Experience) -> HttpResponse:
    """Two steps: choose what to take back, then say yes to what that means."""
    standing = services.consents_of([experience])[experience.pk]
    if request.method != "POST":
        context = {"form": WithdrawForm(standing=standing)}
        return render(request, "experiences/receipt/withdraw.html", context)
    form = WithdrawForm(request.POST, standing=standing)
    if not form.is_valid():
        return render(request, "experiences/receipt/withdraw.html", {"form": form}, status=422)
    what = form.cleaned_data["what"]
    if "sure" not in request.POST:
        return render(request, "experiences/receipt/sure.html", _meaning(what))
    purposes = None if what == WithdrawForm.EVERYTHING else [what]
    services.withdraw(experience=experience, purposes=purposes)
    return redirect(STORY)


@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close the receipt and clear this device."""
    return leaving.clear(redirect("experiences:cleared"))


def _opened(request: HttpRequest, experience: Experience) -> HttpResponse:
    form = ReplyForm(request.POST)
    if request.POST.get("message") and form.is_valid():
        services.reply(experience=experience, text=form.cleaned_data["message"])
    response = redirect(STORY)
    visit.remember(response, experience)
    return response


def _refused(request: HttpRequest) -> HttpResponse:
    form = ReceiptForm(request.POST)
    form.add_error(
        "receipt",
        _(
            "We cannot open a receipt with this number. Look at each digit again, or ask us for "
            "help."
        ),
    )
    context = {"form": form, "message": request.POST.get("message", "")}
    return render(request, "experiences/receipt/open.html", context, status=422)


def _show(
    request: HttpRequest, experience: Experience, form: ReplyForm, status: int = 200
) -> HttpResponse:
    context = {**context_of(experience), "form": form}
    return render(request, "experiences/receipt/story.html", context, status=status)


def _story_url() -> str:
    return reverse(STORY)


def _meaning(what: str) -> dict[str, Any]:
    everything = what == WithdrawForm.EVERYTHING
    asking = ASKINGS.get(what)
    return {
        "what": what,
        "everything": everything,
        "insight": what == Purpose.INSIGHT,
        "stop": asking.stop if asking else _("Erase everything"),
    }
