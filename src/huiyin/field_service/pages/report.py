"""The service report, made for a phone: written, signed with the finger by the customer, and taken away as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from huiyin.field_service.actions.report import Signature, Words, save_report, sign_report
from huiyin.field_service.models import ServiceReport, SiteVisit
from huiyin.field_service.pages.forms import ReportForm
from huiyin.field_service.pages.site_visit import picture
from huiyin.field_service.queries.sheet import sheet_of
from huiyin.field_service.queries.visits import report_of, visit_seen_by
from huiyin.field_service.report.files import file_answer
from huiyin.field_service.rules.words import SignWay, VisitState
from huiyin.field_service.signature import signature_of
from huiyin.foundation import clock
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, page, show
from huiyin.foundation.photos import photo_of
from huiyin.kernel.refusal import NotFound
from huiyin.spare_parts.public import Need, needs_about

WORDS = ("found", "done", "test", "tested_with_customer", "cleaned_up", "handed_over", "advice")


@dataclass(frozen=True)
class ReportPage:
    """The visit, its report as data, and its parts; ``writes``: this person may still write it."""

    visit: SiteVisit
    report: ServiceReport | None
    sheet: dict[str, Any]
    needs: list[Need]
    open_parts: bool
    writes: bool


@page("site-visits/<int:visit_id>/report/", name="service-report", needs="field_service.see")
def service_report(request: Request, visit_id: int) -> HttpResponse:
    """Writes and signs the report, or shows the signed one."""
    visit = visit_seen_by(request.actor, visit_id)
    report = report_of(visit)
    writes = visit.state == VisitState.WORKING and request.actor.id == visit.engineer_id
    if request.method == "POST":
        form = ReportForm(request.POST, request.FILES)
        if request.POST.get("do") != "sign":
            form.as_draft()
        if form.is_valid() and _carry_out(request, visit, form):
            return HttpResponseRedirect(f"{reverse('service-report', args=[visit_id])}?taken=report-{visit_id}")
        return _shown(request, visit_seen_by(request.actor, visit_id), form, writes, 422)
    first = {name: getattr(report, name) for name in WORDS} if report else {"signed_name": visit.contact_name}
    return _shown(request, visit, ReportForm(initial=first), writes, 200)


@page("site-visits/<int:visit_id>/report/file/", name="service-report-file", needs="field_service.see")
def service_report_file(request: Request, visit_id: int) -> HttpResponse:
    """The report as a file (``?as=pdf`` or ``docx``), in the reader's language or ``?in=en``."""
    visit = visit_seen_by(request.actor, visit_id)
    report = report_of(visit)
    if report is None:
        raise NotFound
    wanted = request.GET.get("in", request.LANGUAGE_CODE)
    return file_answer(visit, report, request.GET.get("as", "pdf"), language=wanted, now=clock.now())


@page("site-visits/<int:visit_id>/signature/", name="site-visit-signature", needs="field_service.see")
def site_visit_signature(request: Request, visit_id: int) -> HttpResponse:
    """The signature of a signed report."""
    return signature_answer(report_of(visit_seen_by(request.actor, visit_id)))


def signature_answer(report: ServiceReport | None) -> HttpResponse:
    """The picture of a signature.

    Raises:
        NotFound: nobody has signed.
    """
    if report is None or not report.signature:
        raise NotFound
    return picture(report.signature, "image/png" if report.sign_way == SignWay.DRAWN else "image/jpeg")


def _carry_out(request: Request, visit: SiteVisit, form: ReportForm) -> bool:
    given = form.cleaned_data
    words = Words(**{name: given[name] for name in WORDS})
    with refusals(form):
        if request.POST.get("do") == "sign":
            sign_report(call_of(request), visit.pk, words, _signature(given))
            messages.success(request, gettext("Signed. The customer gets a link to the report."))
        else:
            save_report(call_of(request), visit.pk, words)
            messages.success(request, gettext("Saved."))
    return not form.errors


def _signature(given: dict[str, Any]) -> Signature:
    if given["paper"] is not None:
        return Signature(given["signed_name"], photo_of(given["paper"].read(), None).content, SignWay.PAPER)
    drawn = signature_of(given["signature"]) if given["signature"] else b""
    return Signature(given["signed_name"], drawn, SignWay.DRAWN)


def _shown(request: Request, visit: SiteVisit, form: ReportForm, writes: bool, status: int) -> HttpResponse:
    report, needs = report_of(visit), needs_about(visit.case._meta.label_lower, visit.case_id)
    context = ReportPage(
        visit=visit,
        report=report,
        sheet=sheet_of(visit, report) if report else {},
        needs=needs,
        open_parts=any(need.is_open for need in needs),
        writes=writes,
    )
    template = "field_service/report.html" if writes or not report else "field_service/report_signed.html"
    return show(request, template, context, status, form=form)
