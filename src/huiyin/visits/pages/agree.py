"""A visit on a day agreed with a customer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.customers.public import Customer
from huiyin.foundation import clock
from huiyin.foundation.forms import DayField, refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.visits.actions.agree_visit import agree_visit
from huiyin.visits.queries.policies import agreeable_kinds, company_today, customer_seen_by


class AgreeForm(forms.Form):
    """Which kind of visit, and from which day on."""

    kind = forms.ChoiceField(label=_("Kind of visit"))
    on = DayField(
        label=_("Agreed day"),
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
        help_text=_("The visit is not made before this day."),
    )

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]  # a ChoiceField


@dataclass(frozen=True)
class AgreePage:
    """Whom the visit is for."""

    customer: Customer


@page("visits/agree/<int:customer_id>/", name="visit-agree", needs="visits.work")
def agree(request: Request, customer_id: int) -> HttpResponse:
    """Makes a visit for a day that was agreed."""
    customer = customer_seen_by(request.actor, customer_id)
    today = company_today(clock.now())
    form = AgreeForm(request.POST or None, kinds=agreeable_kinds(today), initial={"on": today})
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            agree_visit(call_of(request), customer_id, **form.cleaned_data)
        if not form.errors:
            messages.success(request, gettext("The visit is made."))
            return go("customer", customer_id)
    return show(request, "visits/agree.html", AgreePage(customer), status=422 if form.errors else 200, form=form)
