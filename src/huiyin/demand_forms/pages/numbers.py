"""How many forms are owed, and by when; for all units, and for those that are different."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms as fields
from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.demand_forms.actions.save_numbers import remove_exception, save_exception, save_numbers
from huiyin.demand_forms.models import DemandNumbers, UnitNumbers
from huiyin.demand_forms.queries.numbers import demand_numbers, unit_numbers
from huiyin.demand_forms.queries.units import every_unit, kinds_to_ask
from huiyin.foundation import clock
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show

CHANGE = "demand.change_numbers"
MONTHLY = ("forms", "working_day", "at", "nothing_counts")


class MonthlyForm(fields.Form):
    """What a unit owes each month."""

    forms = fields.IntegerField(label=_("Forms a month"), min_value=0, max_value=31)
    working_day = fields.IntegerField(label=_("Due on working day"), min_value=1, max_value=20)
    at = fields.TimeField(label=_("At"), widget=fields.TimeInput({"type": "time"}, "%H:%M"))
    nothing_counts = fields.BooleanField(
        label=_("“Nothing needed”, with a reason, keeps the month as well"), required=False
    )


class GeneralForm(MonthlyForm):
    """The numbers for every unit."""

    kind = fields.ChoiceField(label=_("Kind of visit"))
    decide_hours = fields.IntegerField(label=_("Customer service decides within (working hours)"), min_value=1)
    answer_hours = fields.IntegerField(label=_("Answers after the wanted day within (working hours)"), min_value=1)
    most_questions = fields.IntegerField(label=_("Questions a form at most"), min_value=1)
    most_customers = fields.IntegerField(label=_("Customers a form at most"), min_value=1)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]  # a ChoiceField


class ExceptionForm(MonthlyForm):
    """What one unit owes instead."""

    unit = fields.ChoiceField(label=_("Department or store"))

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]  # a ChoiceField


@dataclass(frozen=True)
class NumbersPage:
    """The numbers in force and the exceptions."""

    numbers: DemandNumbers
    exceptions: list[UnitNumbers]


@page("demand-forms/numbers/", name="demand-numbers", needs=CHANGE)
def numbers_page(request: Request) -> HttpResponse:
    """Shows and changes the numbers; ``do`` says which of the forms was sent."""
    do = request.POST.get("do", "") if request.method == "POST" else ""
    general, special = _forms(request, do)
    sent: fields.Form | None = {"save": general, "except": special, "remove": fields.Form(request.POST)}.get(do)
    if sent is not None and sent.is_valid():
        with refusals(sent):
            _save(request, do, sent)
        if not sent.errors:
            messages.success(request, gettext("Saved. Months that are open keep the numbers they began with."))
            return go("demand-numbers")
    status = 422 if sent is not None and sent.errors else 200
    context = NumbersPage(demand_numbers(), unit_numbers(request.actor))
    return show(request, "demand_forms/numbers.html", context, status=status, form=general, special=special)


def _forms(request: Request, do: str) -> tuple[GeneralForm, ExceptionForm]:
    today = timezone.localdate(clock.now())
    numbers = demand_numbers()
    known = {name: getattr(numbers, name) for name in GeneralForm.base_fields}
    units = [(unit.key.code, unit.name) for unit in every_unit()]
    monthly = {name: known[name] for name in MONTHLY}
    general = GeneralForm(request.POST if do == "save" else None, kinds=kinds_to_ask(today), initial=known)
    special = ExceptionForm(
        request.POST if do == "except" else None, units=units, initial=monthly, auto_id="special_%s"
    )
    return general, special


def _save(request: Request, do: str, sent: fields.Form) -> None:
    call = call_of(request)
    if do == "save":
        save_numbers(call, **sent.cleaned_data)
    elif do == "except":
        save_exception(call, **sent.cleaned_data)
    else:
        remove_exception(call, unit=request.POST.get("unit", ""))
