"""The customer's side of a site visit: who comes when, moving it, and the report afterwards. No sign-in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpResponse

from huiyin.field_service.actions.move_visit import ask_to_move, move_by_link
from huiyin.field_service.models import ServiceReport, SiteVisit
from huiyin.field_service.pages.forms import AskForm
from huiyin.field_service.pages.report import signature_answer
from huiyin.field_service.queries.offers import slots_of
from huiyin.field_service.queries.visits import report_of, visit_of_link
from huiyin.field_service.report.files import file_answer
from huiyin.field_service.rules.slots import Slot
from huiyin.field_service.rules.words import VisitState
from huiyin.foundation import clock
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.kernel.refusal import NotFound

GONE = 410


@dataclass(frozen=True)
class CustomerPage:
    """The visit as its customer sees it; ``slots`` to move it to while that is possible."""

    token: str
    visit: SiteVisit
    slots: list[Slot]
    may_ask: bool
    asked: bool
    report: ServiceReport | None


@page("sv/<str:token>/", name="site-visit-for-customer", needs=None)
def for_customer(request: Request, token: str) -> HttpResponse:
    """Who comes when, or the report."""
    return _shown(request, token, AskForm(), 200)


@page("sv/<str:token>/move/", name="site-visit-move", needs=None)
def move(request: Request, token: str) -> HttpResponse:
    """Moves the appointment to an offered time, or asks for another one."""
    if request.method != "POST":
        return go("site-visit-for-customer", token)
    form = AskForm(request.POST)
    if form.is_valid():
        with refusals(form):
            if form.moves and form.chosen:
                move_by_link(call_of(request), token, start_at=form.chosen)
            else:
                ask_to_move(call_of(request), token, words=form.cleaned_data["words"])
    form.at_its_field()
    if form.errors:
        return _shown(request, token, form, 422)
    return go("site-visit-for-customer", token)


@page("sv/<str:token>/report/", name="site-visit-report-file", needs=None)
def report_file(request: Request, token: str) -> HttpResponse:
    """The signed report as a PDF."""
    visit, report = _signed(token)
    wanted = request.GET.get("in", request.LANGUAGE_CODE)
    return file_answer(visit, report, "pdf", language=wanted, now=clock.now())


@page("sv/<str:token>/signature/", name="site-visit-own-signature", needs=None)
def own_signature(_request: Request, token: str) -> HttpResponse:
    """The customer's own signature."""
    return signature_answer(_signed(token)[1])


def _signed(token: str) -> tuple[SiteVisit, ServiceReport]:
    visit = visit_of_link(token)
    report = report_of(visit)
    if report is None or report.signed_at is None or not visit.link_good(clock.now()):
        raise NotFound
    return visit, report


def _shown(request: Request, token: str, form: AskForm, status: int) -> HttpResponse:
    visit, now = visit_of_link(token), clock.now()
    if not visit.link_good(now):
        return show(request, "field_service/link_expired.html", None, GONE, form=form)
    planned = visit.state == VisitState.PLANNED
    latest = visit.start_at - timedelta(hours=visit.rules.field_numbers.move_until_hours)
    context = CustomerPage(
        token=token,
        visit=visit,
        slots=slots_of(visit, now) if planned and now <= latest else [],
        may_ask=planned,
        asked=visit.asked_at is not None,
        report=report_of(visit) if visit.state == VisitState.DONE else None,
    )
    return show(request, "field_service/for_customer.html", context, status, form=form)
