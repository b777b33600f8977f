"""A new case from the phone or the counter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from huiyin.cases.actions.open_case import open_case
from huiyin.cases.pages.forms.base import codes, text_field
from huiyin.cases.pages.forms.problem_type import ProblemTypeField
from huiyin.cases.queries.customers import customer_numbered, customer_reached
from huiyin.cases.rules.kinds import CHANNELS, EMOTIONS, KINDS, LEVELS, REACHES, SEVERITIES, TOPICS
from huiyin.customers.public import Customer
from huiyin.foundation.forms import DayField, MomentField, refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import Repeated


@dataclass(frozen=True)
class NewCasePage:
    """The customer the case is opened for, if one is given in the address."""

    customer: Customer | None


class NewCaseForm(forms.Form):
    """What the customer says, and what is known."""

    kind = forms.ChoiceField(label=_("Kind"), choices=lambda: codes(KINDS))
    topic = forms.ChoiceField(label=_("Topic"), choices=lambda: codes(TOPICS))
    problem_type_id = ProblemTypeField()
    channel = forms.ChoiceField(label=_("Came by"), choices=lambda: codes(CHANNELS), initial="phone")
    description = text_field(
        _("What happened"), rows=5, hint=_("When, where, what, how far it reaches: in the customer's words.")
    )
    happened_at = MomentField(
        label=_("When it happened"), required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    product_name = forms.CharField(label=_("Product or model"), required=False, max_length=120)
    serial = forms.CharField(label=_("Serial number"), required=False, max_length=80)
    frequency = forms.CharField(label=_("How often, and after what"), required=False, max_length=200)
    wish = forms.CharField(label=_("What the customer wants"), required=False, max_length=1000)
    wanted_by = DayField(label=_("Wanted by"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    severity = forms.ChoiceField(label=_("Severity"), choices=lambda: codes(SEVERITIES, "–"), required=False)
    reach = forms.ChoiceField(label=_("Reach"), choices=lambda: codes(REACHES, "–"), required=False)
    emotion = forms.ChoiceField(label=_("Emotion"), choices=lambda: codes(EMOTIONS, "–"), required=False)
    level = forms.ChoiceField(label=_("Level"), choices=lambda: codes(LEVELS, _("As suggested")), required=False)
    reporter_name = forms.CharField(label=_("Reporter's name"), required=False, max_length=80)
    reporter_phone = forms.CharField(label=_("Phone"), required=False, max_length=30)
    reporter_email = forms.EmailField(label=_("Email"), required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["problem_type_id"].offer("type")  # type: ignore[attr-defined]


@page("cases/new/", name="case-new", needs="cases.open")
def case_new(request: Request) -> HttpResponse:
    """The form of a new case."""
    customer = _customer(request)
    form = NewCaseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = _open(request, form, customer)
        if made is not None:
            return go("case", made)
    return show(request, "cases/new.html", NewCasePage(customer), 422 if form.errors else 200, form=form)


def _open(request: Request, form: NewCaseForm, customer: Customer | None) -> int | None:
    given = form.cleaned_data
    whose = customer or customer_reached(
        request.actor, phone=given["reporter_phone"], email=given["reporter_email"], name=given["reporter_name"]
    )
    values: dict[str, Any] = {**given, "customer_id": whose.pk if whose else None}
    values["level"] = values["level"] or None
    made: int | None = None
    with refusals(form):
        try:
            made = open_case(call_of(request), **values).pk
        except Repeated as repeat:
            made = int(repeat.result)
    return made


def _customer(request: Request) -> Customer | None:
    number = request.GET.get("customer") or request.POST.get("customer") or ""
    return customer_numbered(request.actor, number)
