"""Dialling by the exchange, and what the line tells while the agent talks (CHN-4)."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin.channels.public import give_up_call, ring
from huiyin.foundation.calls import system_call
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.visits.actions.dial_out import dial_out
from huiyin.visits.queries.contacts import reach_of
from huiyin.visits.queries.line import line_part
from huiyin.visits.queries.visits import visit_worked_by


@page("visits/<int:visit_id>/dial/", name="visit-dial", needs="visits.work")
@require_POST
def dial_page(request: Request, visit_id: int) -> HttpResponse:
    """Has the exchange ring the agent and then the customer; the number never comes to the page."""
    form = forms.Form(request.POST)
    form.is_valid()
    with refusals(form):
        opened = dial_out(call_of(request), visit_id, override_reason=request.POST.get("override_reason", "")[:200])
        call = ring(system_call, opened.pk, reach_of(visit_worked_by(request.actor, visit_id)).number)
        if call.state == "failed":
            messages.error(
                request, _("The exchange did not dial (%(why)s). Nothing was logged.") % {"why": call.reason}
            )
    for error in form.non_field_errors():
        messages.error(request, str(error))
    return go("visit", visit_id)


@page("visits/<int:visit_id>/line/", name="visit-line", needs="visits.work")
def line_page(request: Request, visit_id: int) -> HttpResponse:
    """What the line told so far; asked again every other second while it may tell more."""
    visit = visit_worked_by(request.actor, visit_id)
    return show(request, "visits/_cti.html", None, line=line_part(visit, request.actor))


@page("visits/<int:visit_id>/line/silent/", name="visit-line-silent", needs="visits.work")
@require_POST
def silent_page(request: Request, visit_id: int) -> HttpResponse:
    """The phone did not ring: the agent may dial again."""
    form = forms.Form(request.POST)
    form.is_valid()
    part = line_part(visit_worked_by(request.actor, visit_id), request.actor)
    with refusals(form):
        if part.call is not None:
            give_up_call(call_of(request), part.call.pk)
    return go("visit", visit_id)
