"""Who wants no SMS, since when; and lifting it when somebody agreed again."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from huiyin.channels.actions.lift_opt_out import lift_opt_out
from huiyin.channels.models import OptOut
from huiyin.channels.queries.sms import opt_outs
from huiyin.channels.rules.addresses import mask_address
from huiyin.foundation.forms import refusals
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, call_of, go, page, show


class LiftForm(forms.Form):
    """Why messages may go there again."""

    because = forms.CharField(label=_("How the customer agreed"), max_length=300)


@dataclass(frozen=True)
class OptOutsPage:
    """Opt-outs, newest first, with masked numbers."""

    rows: list[tuple[OptOut, str]]
    page: KeysetPage[OptOut]
    may_lift: bool


@page("sms/opt-outs/", name="sms-opt-outs", needs="channels.see")
def opt_outs_page(request: Request) -> HttpResponse:
    """The list."""
    return _shown(request, LiftForm())


@page("sms/opt-outs/<int:opt_out_id>/lift/", name="sms-opt-out-lift", needs="channels.work")
@require_POST
def lift_page(request: Request, opt_out_id: int) -> HttpResponse:
    """Lifts one."""
    form = LiftForm(request.POST)
    if form.is_valid():
        with refusals(form):
            lift_opt_out(call_of(request), opt_out_id, because=form.cleaned_data["because"])
    return _shown(request, form) if form.errors else go("sms-opt-outs")


def _shown(request: Request, form: LiftForm) -> HttpResponse:
    found = keyset(opt_outs(), order=("-at", "-id"), after=request.GET.get("after"))
    rows = [(row, mask_address(row.address)) for row in found.rows]
    context = OptOutsPage(rows, found, request.actor.may("channels.work"))
    return show(request, "channels/sms_opt_outs.html", context, status=422 if form.errors else 200, form=form)
