"""Publishing an answer. Reading them is /changes/, which heard.cms serves."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from engagement.board.desks import desks_of
from engagement.board.models import Decision
from engagement.board.pages import frame
from engagement.responses import services
from engagement.responses.forms import PublishForm, starting_words
from engagement.responses.models import Response
from engagement.responses.permissions import may_publish
from engagement.responses.quoting import quotable


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the public answer to a decision and publish it; what was typed comes back on an error."""
    decision = _decision(request.user, pk)
    if earlier := Response.objects.filter(decision=decision).first():
        return redirect(earlier)
    if decision.provisional:
        messages.info(
            request, _("This decision is provisional. It can be answered when it stands.")
        )
        return redirect(decision.insight)
    form = PublishForm(
        request.POST or None,
        quotable=quotable(decision.insight),
        initial=starting_words(decision, services.places_many_spoke_from(decision.insight)),
    )
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(
                services.publish_response(decision=decision, by=request.user, **form.answer())
            )
        except services.AlreadyPublished as first:
            messages.info(request, _("Somebody published an answer a moment ago. This is it."))
            return redirect(first.response)
        except services.MayNotQuote:
            form.add_error("quotes", _("Some of these words may no longer be quoted."))
    context = {**frame(desks_of(request.user)), "form": form, "decision": decision}
    status = 422 if request.method == "POST" else 200
    return render(request, "responses/publish.html", context, status=status)


def _decision(user, pk: int) -> Decision:
    """A decision that this person may see (else 404) and may answer (else 403)."""
    seen = Decision.objects.visible_to(user).select_related("insight__board")
    decision = get_object_or_404(seen, pk=pk)
    if not may_publish(user, decision):
        raise PermissionDenied
    return decision
