"""One demand form: what is asked, customer service's decision, and what came back."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.demand_forms.actions.confirm import Decision, confirm_form
from huiyin.demand_forms.actions.decline import decline_form
from huiyin.demand_forms.actions.withdraw import withdraw_form
from huiyin.demand_forms.models import DemandForm
from huiyin.demand_forms.pages.keys import key_in
from huiyin.demand_forms.queries.forms import WishRow, clocks_of, form_seen_by, may_withdraw, wishes_of
from huiyin.demand_forms.queries.joining import Joinable, joinable
from huiyin.demand_forms.queries.units import kinds_to_ask
from huiyin.demand_forms.rules.states import FormState, WishState
from huiyin.demand_forms.rules.ways import WAY_LABELS
from huiyin.foundation import clock
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.promises.public import Promise

OWN, DROP = "own", "drop"


class DecideForm(forms.Form):
    """The decision about a form; what becomes of each wish stands in fields ``wish-<key>``."""

    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


@dataclass(frozen=True)
class Choice:
    """One thing that may become of a wish; ``visit`` where it joins one that is there."""

    code: str
    visit: Joinable | None
    chosen: bool


@dataclass(frozen=True)
class FormPage:
    """The form with its wishes, what may become of each, and what this person may do next."""

    form: DemandForm
    rows: list[tuple[WishRow, list[Choice]]]
    clock: Promise | None
    kind: str
    ways: list[str]
    decides: bool
    may_withdraw: bool
    answered: int


@page("demand-forms/<int:form_id>/", name="demand-form", needs="demand.see")
def demand_form(request: Request, form_id: int) -> HttpResponse:
    """One form; a POST carries out the button that was pressed (``do``)."""
    entered = DecideForm(request.POST or None)
    if request.method == "POST" and entered.is_valid():
        with refusals(entered):
            _pressed(request, form_id, request.POST.get("do", ""), entered)
        if not entered.errors:
            return go("demand-form", form_id)
    return _show(request, form_seen_by(request.actor, form_id), entered)


def _pressed(request: Request, form_id: int, do: str, entered: DecideForm) -> None:
    call, reason = call_of(request), entered.cleaned_data["reason"]
    if do == "confirm":
        confirm_form(call, form_id, decisions_in(request), reason=reason)
        messages.success(request, gettext("Confirmed. The visits are owed."))
    elif do == "decline":
        decline_form(call, form_id, reason=reason)
        messages.success(request, gettext("Declined. Whoever asked is told why."))
    elif do == "withdraw":
        withdraw_form(call, form_id, reason=reason)
        messages.success(request, gettext("Withdrawn."))
    else:
        entered.add_error(None, gettext("This step is not known."))


def decisions_in(request: Request) -> dict[int, Decision]:
    """What was chosen for each wish; a visit by its key, ``own`` or ``drop``."""
    found = {}
    for name, value in request.POST.dict().items():
        wish = key_in(name.removeprefix("wish-")) if name.startswith("wish-") else None
        if wish is not None:
            found[wish] = Decision(join=key_in(value), drop=value == DROP)
    return found


def _show(request: Request, form: DemandForm, entered: DecideForm) -> HttpResponse:
    actor, now = request.actor, clock.now()
    rows = wishes_of(actor, form)
    decides = actor.may("demand.decide") and form.state == FormState.SIGNED_UP
    fit = joinable(form, [row.wish for row in rows], now) if decides else {}
    typed = request.POST.dict() if request.method == "POST" else {}
    kinds = dict(kinds_to_ask(now.date()))
    context = FormPage(
        form=form,
        rows=[(row, _choices(row, fit, str(typed.get(f"wish-{row.wish.pk}", "")))) for row in rows],
        clock=clocks_of([form]).get(form.pk),
        kind=kinds.get(form.kind, form.kind),
        ways=[gettext(WAY_LABELS[way]) for way in form.ways],
        decides=decides,
        may_withdraw=may_withdraw(actor, form),
        answered=sum(row.wish.state == WishState.ANSWERED for row in rows),
    )
    status = 422 if entered.errors else 200
    return show(request, "demand_forms/form.html", context, status=status, entered=entered)


def _choices(row: WishRow, fit: dict[int, tuple[list[Joinable], int | None]], typed: str) -> list[Choice]:
    """What may become of a wish: first to join a visit that is there, chosen where one comes in time."""
    if row.wish.pk not in fit:
        return []
    visits, best = fit[row.wish.pk]
    chosen = typed or str(best or OWN)
    joins = [Choice(str(each.visit.pk), each, chosen == str(each.visit.pk)) for each in visits]
    return [*joins, Choice(OWN, None, chosen == OWN), Choice(DROP, None, chosen == DROP)]
