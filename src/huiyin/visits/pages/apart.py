"""Takes a visit out of its call; the workstation goes on with the rest."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed
from django.utils.translation import gettext as _

from huiyin.foundation.forms import say
from huiyin.foundation.pages import Request, call_of, go, page
from huiyin.kernel.refusal import Conflict, Repeated
from huiyin.visits.actions.keep_apart import keep_apart
from huiyin.visits.queries.visits import visit_worked_by


@page("visits/<int:visit_id>/apart/", name="visit-apart", needs="visits.work")
def apart(request: Request, visit_id: int) -> HttpResponse:
    """Makes a visit by itself; leads back to the visit in whose call it stood."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    before = visit_worked_by(request.actor, visit_id)
    try:
        keep_apart(call_of(request), visit_id)
        messages.success(request, _("The visit is made by itself."))
    except Conflict as refusal:
        messages.error(request, say(refusal.why))
    except Repeated:
        pass
    return go("visit", before.made_with_id or visit_id)
