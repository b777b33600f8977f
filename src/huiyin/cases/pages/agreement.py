"""What was agreed with a customer about clocks: made and changed."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.cases.actions.agree_service import agree_service
from huiyin.cases.models import Agreement
from huiyin.cases.queries.agreements import agreements_of, customer_seen, with_policies
from huiyin.cases.queries.sla import company_day, policies_on
from huiyin.cases.rules.needs import CHANGE_CLOCKS
from huiyin.foundation import clock
from huiyin.foundation.api import outcome
from huiyin.foundation.forms import DayField, refusals
from huiyin.foundation.pages import Request, call_of, go, page, show


def _policies() -> list[tuple[str, str]]:
    return [(code, gettext(policy.shown_name)) for code, policy in policies_on(company_day(clock.now())).items()]


class AgreementForm(forms.Form):
    """Code, policy and days."""

    code = forms.CharField(label=_("Code of the agreement"), max_length=40)
    policy = forms.ChoiceField(label=_("Policy of clocks"), choices=_policies)
    valid_from = DayField(label=_("Valid from"), widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"))
    valid_to = DayField(
        label=_("Valid to"),
        required=False,
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text=_("Empty: until further notice."),
    )
    note = forms.CharField(label=_("Note"), max_length=200, required=False)


@dataclass(frozen=True)
class AgreementPage:
    """Whose agreements, those there are with the names of their policies, and the one that is being changed."""

    customer_id: int
    name: str
    rows: list[tuple[Agreement, str]]
    chosen: str


@page("cases/agreements/<int:customer_id>/", name="agreements", needs=CHANGE_CLOCKS)
def agreements(request: Request, customer_id: int) -> HttpResponse:
    """The agreements of a customer; ``code`` begins the form with one of them."""
    name, rows = customer_seen(request.actor, customer_id), agreements_of(customer_id)
    chosen = next((row for row in rows if row.code == request.GET.get("code")), None)
    names = ("code", "policy", "valid_from", "valid_to", "note")
    initial = {each: getattr(chosen, each) for each in names} if chosen else {"valid_from": company_day(clock.now())}
    form = AgreementForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            outcome(agree_service, call_of(request), customer_id, **form.cleaned_data)
        if not form.errors:
            return go("customer", customer_id)
    context = AgreementPage(customer_id, name, with_policies(rows, clock.now()), chosen.code if chosen else "")
    return show(request, "cases/agreements.html", context, form=form, status=422 if form.errors else 200)
