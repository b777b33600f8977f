"""A new appointment for a case: free times of engineers, or a time of one's own."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext

from huiyin.cases.public import Case
from huiyin.customers.public import mask_phone
from huiyin.field_service.actions.plan_visit import plan_visit
from huiyin.field_service.pages.forms import PlanForm
from huiyin.field_service.queries.contact import contact_of, places_of
from huiyin.field_service.queries.offers import Offer, offers
from huiyin.field_service.queries.visits import case_to_plan, engineers
from huiyin.foundation import clock
from huiyin.foundation.api import outcome
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show


@dataclass(frozen=True)
class NewVisitPage:
    """The case, who could come when, and the phone as it is known (masked)."""

    case: Case
    offers: list[Offer]
    phone: str
    chosen: str


@page("site-visits/new/<int:case_id>/", name="site-visit-new", needs="field_service.plan")
def new_visit(request: Request, case_id: int) -> HttpResponse:
    """Makes an appointment."""
    case = case_to_plan(request.actor, case_id)
    known, places = contact_of(case), places_of(case)
    first = {"purpose": case.title, "address_id": places[0].pk if places else None}
    form = PlanForm(request.POST or None, people=engineers(), places=places, known=known, initial=first)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            made = outcome(plan_visit, call_of(request), case.pk, **form.values())
            messages.success(request, gettext("The appointment is made."))
            return go("site-visit", made)
    context = NewVisitPage(
        case, offers(case, clock.now()), mask_phone(known.phone) if known.phone else "", request.POST.get("slot", "")
    )
    return show(request, "field_service/new_visit.html", context, form=form, status=422 if form.errors else 200)
