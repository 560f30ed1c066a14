"""A moderator's page of one experience: its forms, what was typed into them, and the deeds behind its buttons."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagement.routing import forms, headings, services
from engagement.routing.reading import Reading, read
from heard.moderation import desk, personal
from heard.moderation.doors import role_here
from heard.moderation.permissions import may_moderate

FORMS: dict[str, Any] = {
    "clear": forms.ClearForm,
    "return": forms.ReturnForm,
    "hold": forms.HoldForm,
    "answer": forms.AnswerForm,
    "link": forms.LinkForm,
    "out": forms.TakeOutForm,
}
TAKES_READING = {"clear", "link"}
Deed = Callable[[HttpRequest, Reading, Any], str]


def show(
    request: HttpRequest,
    reading: Reading,
    *,
    pressed: BaseForm | None = None,
    deed: str = "",
    typed: dict[str, Any] | None = None,
    refused: services.Refused | None = None,
) -> HttpResponse:
    """The page. `pressed` is the form with errors; `typed` keeps what stands in the others."""
    if not reading.waits:
        return show_settled(request, reading, typed=typed, refused=refused)
    context = {
        "reading": reading,
        "forms": _forms(reading, typed, pressed, deed),
        "form": pressed,
        "refused": refused,
        "findings": personal.find_in(reading.texts),
        "pieces": personal.pieces(reading.experience.text, personal.find(reading.experience.text)),
        "may_act": may_moderate(request.user),
        "desk_role": role_here(request.user),
    }
    status = 409 if refused else 422 if pressed else 200
    return render(request, "routing/reading.html", context, status=status)


def show_settled(
    request: HttpRequest,
    reading: Reading,
    *,
    typed: dict[str, Any] | None = None,
    refused: services.Refused | None = None,
    retag: forms.ThemesForm | None = None,
    why: forms.OriginalForm | None = None,
) -> HttpResponse:
    """The page of what was dealt with: what was passed on and to whom, and never the sealed words."""
    context = {
        "reading": reading,
        "form": retag or why,
        "refused": refused,
        "retag": retag or forms.ThemesForm(initial=_themes_now(reading), reading=reading),
        "why": why or forms.OriginalForm(),
        "may_act": may_moderate(request.user),
        "kept": _kept(typed) if refused and typed else [],
        "desk_role": role_here(request.user),
    }
    status = 409 if refused else 422 if retag or why else 200
    return render(request, "routing/settled.html", context, status=status)


def act(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Do what the pressed button says; whatever goes wrong, nothing that was typed is lost."""
    typed = typed_in(request)
    asked = request.POST.get("do", "")
    deed, _stop, stop = asked.partition("-")
    if not reading.waits and deed in {*DEEDS, "release"}:
        last = reading.decisions[0] if reading.decisions else None
        return show(request, reading, typed=typed, refused=services.AlreadySettled(last))
    if deed not in DEEDS:
        return show(request, reading, typed=edited(request, reading, typed))
    form = _form(deed, reading, data=request.POST)
    if form.is_valid():
        try:
            messages.success(request, DEEDS[deed](request, reading, form))
            return redirect("/moderation/" if stop else _next_page(request))
        except services.Refused as refused:
            fresh = read(type(reading.experience).objects.get(pk=reading.experience.pk))
            return show(request, fresh, typed=typed, refused=refused)
        except services.CannotClear as error:
            form.add_error(None, WHY_NOT[type(error)])
    return show(request, reading, pressed=form, deed=deed, typed=typed)


def edited(request: HttpRequest, reading: Reading, typed: dict[str, Any]) -> dict[str, Any]:
    """What was typed, with words taken out or a heading offered where a button asked for that."""
    out = request.POST.get("take_out", "")
    kind, _bar, words = out.partition("|")
    if request.POST.get("do") == "out":
        kind, words = typed.get("kind_out") or personal.OTHER, typed.get("words_out", "")
        typed["words_out"] = ""
    if words:
        boxes = [name for name in typed if forms.is_words(name) or name in {"title", "summary"}]
        typed |= {name: personal.take_out(typed[name], words, kind) for name in boxes}
    if request.POST.get("do") == "offer":
        heading = headings.offer(typed.get("text", ""))
        line = headings.line(heading.title, heading.summary)
        typed |= {"title": heading.title, "offered": heading.title, "summary": line}
    return typed


def typed_in(request: HttpRequest) -> dict[str, Any]:
    """Everything that stood in the page's boxes, by their names."""
    typed: dict[str, Any] = {name: request.POST[name] for name in request.POST}
    if request.method == "POST":
        typed["themes"] = request.POST.getlist("themes")
    return typed


def _clear(request: HttpRequest, reading: Reading, form: forms.ClearForm) -> str:
    matter = services.clear_experience(
        experience=reading.experience, by=request.user, version=_version(request), **form.deed()
    )
    sent = matter.referrals.count()
    if not sent:
        return _("%(it)s is cleared. No rule sends it to anybody yet.") % {"it": matter.reference}
    return _("%(it)s is cleared and was passed on.") % {"it": matter.reference}


def _return(request: HttpRequest, reading: Reading, form: forms.ReturnForm) -> str:
    services.return_experience(
        experience=reading.experience,
        by=request.user,
        reason=form.message(),
        rule=form.cleaned_data["rule"],
        version=_version(request),
    )
    return _("%(it)s went back to its writer with your question.") % _it(reading)


def _hold(request: HttpRequest, reading: Reading, form: forms.HoldForm) -> str:
    services.hold_experience(
        experience=reading.experience,
        by=request.user,
        reason=form.cleaned_data["hold_reason"],
        version=_version(request),
    )
    return _("%(it)s is held.") % _it(reading)


def _answer(request: HttpRequest, reading: Reading, form: forms.AnswerForm) -> str:
    services.answer_experience(
        experience=reading.experience,
        by=request.user,
        text=form.cleaned_data["answer"],
        version=_version(request),
    )
    return _("%(it)s is answered. It is not passed on.") % _it(reading)


def _link(request: HttpRequest, reading: Reading, form: forms.LinkForm) -> str:
    first = form.cleaned_data["first"]
    services.link_duplicate(
        experience=reading.experience, original=first, by=request.user, version=_version(request)
    )
    return _("%(it)s is linked. Both writers get the answer.") % _it(reading)


DEEDS: dict[str, Deed] = {
    "clear": _clear,
    "return": _return,
    "hold": _hold,
    "answer": _answer,
    "link": _link,
}
WHY_NOT = {
    services.NoInsightConsent: gettext_lazy(
        "Its writer did not agree that it is used. Answer it instead."
    ),
    services.NeedsThemes: gettext_lazy("Tick at least one theme."),
    services.NothingLeft: gettext_lazy("There are no words left to pass on."),
    services.NotLikeIt: gettext_lazy("That one was not passed on, so this cannot be linked to it."),
}


def _it(reading: Reading) -> dict[str, str]:
    return {"it": reading.experience.reference}


def _version(request: HttpRequest) -> int | None:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else None


def _next_page(request: HttpRequest) -> str:
    """The next that is free, or this moderator's own; the queue when there is none."""
    waiting = desk.shown(request.user, "all").filter(claimed_by=None) | desk.shown(
        request.user, "mine"
    )
    item = waiting.in_order().first()
    return item.url if item else "/moderation/"


def _form(deed: str, reading: Reading, **kwargs: Any) -> Any:
    more = {"reading": reading} if deed in TAKES_READING else {}
    return FORMS[deed](**more, **kwargs)


def _forms(
    reading: Reading, typed: dict[str, Any] | None, pressed: BaseForm | None, deed: str
) -> dict[str, Any]:
    start = forms.ClearForm.start(reading) if typed is None else typed
    made = {name: _form(name, reading, initial=start) for name in FORMS}
    return {**made, deed: pressed} if pressed is not None else made


def _themes_now(reading: Reading) -> dict[str, Any]:
    """The matter's themes and actions as the form for changing them begins."""
    if reading.matter is None:
        return {}
    actions = [f"{action.theme.number}.{action.number}" for action in reading.matter.actions.all()]
    themes = [theme.slug for theme in reading.matter.themes.all()]
    return {"themes": themes, "actions": ", ".join(actions)}


def _kept(typed: dict[str, Any]) -> list[dict[str, object]]:
    """What was typed into a page whose boxes are gone, to be read and copied."""
    labels = {
        name: field.label
        for form in FORMS.values()
        for name, field in form.base_fields.items()
        if name in ("text", "better", "title", "summary", "reason", "hold_reason", "answer")
    }
    return [
        {"label": labels[name], "value": words}
        for name, words in typed.items()
        if name in labels and words.strip()
    ]
