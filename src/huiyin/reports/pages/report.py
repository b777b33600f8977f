"""One report: the draft or the frozen document, and the next steps as the only buttons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.documents.public import Document
from huiyin.foundation import clock
from huiyin.foundation.forms import refusals
from huiyin.foundation.pages import Request, call_of, go, page, show
from huiyin.reports.actions.decide import approve, publish, return_report
from huiyin.reports.actions.submit import submit
from huiyin.reports.forms import EXCEL
from huiyin.reports.models import Report
from huiyin.reports.pages.reports import ReportRow, row_of
from huiyin.reports.queries.documents import document_of, file_of, form_called
from huiyin.reports.queries.reports import decides_on, promise_to_submit, report_for
from huiyin.reports.rules.way import LIFECYCLE

SHOWN_ROWS = 50


class NameForm(forms.Form):
    """The exact name under which the report is handed in."""

    name = forms.CharField(label=_("Name of the report"), max_length=80)


class ReasonForm(forms.Form):
    """Why it goes back."""

    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


@dataclass(frozen=True)
class ReportPage:
    """The report with its tables and what this person may do next."""

    row: ReportRow
    document: Document
    verbs: tuple[str, ...]
    now: datetime
    why: str
    shown: int = SHOWN_ROWS


@page("reports/<int:report_id>/", name="report", needs="reports.see")
def report_page(request: Request, report_id: int) -> HttpResponse:
    """A report and its next steps."""
    report = report_for(request.actor, report_id)
    verb = request.POST.get("verb", "")
    form: forms.Form = ReasonForm(request.POST) if verb == "return" else NameForm(request.POST or {"name": report.name})
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            _run(request, report_id, verb, form)
        if not form.errors:
            return go("report", report_id)
    return _show(request, report, form)


def _run(request: Request, report_id: int, verb: str, form: forms.Form) -> None:
    call = call_of(request)
    if verb == "submit":
        submit(call, report_id, name=form.cleaned_data["name"])
    elif verb == "approve":
        approve(call, report_id)
    elif verb == "return":
        return_report(call, report_id, reason=form.cleaned_data["reason"])
    elif verb == "publish":
        publish(call, report_id)
    else:
        form.add_error(None, gettext("This step is not known."))


def _show(request: Request, report: Report, form: forms.Form) -> HttpResponse:
    now = clock.now()
    context = ReportPage(row_of(report), document_of(report, now), _verbs(request, report), now, _why(request, report))
    status = 422 if request.method == "POST" else 200
    return show(request, "reports/report.html", context, form=form, status=status)


def _why(request: Request, report: Report) -> str:
    """The page that says why the report is due when it is."""
    owed = promise_to_submit(request.actor, report) if request.actor.may("promises.see") else None
    return reverse("promise", args=[owed.pk]) if owed else ""


def _verbs(request: Request, report: Report) -> tuple[str, ...]:
    """The next steps that are this person's."""
    mine = {"submit": request.actor.may("reports.submit")}
    decides = decides_on(request.actor, report)
    return tuple(move.verb for move in LIFECYCLE.next(report.state) if mine.get(move.verb, decides))


@page("reports/<int:report_id>/file/", name="report-file", needs="reports.see")
def report_file(request: Request, report_id: int) -> HttpResponse:
    """The file under its exact name, as Excel or ``?as=docx`` or ``pdf``; a draft says so in its name."""
    report = report_for(request.actor, report_id)
    form = form_called(request.GET.get("as", EXCEL))
    content = file_of(report, clock.now(), form.ending)
    name = report.name if report.digest and report.state != "draft" else f"{report.name}（{gettext('Draft')}）"
    answer = HttpResponse(content, content_type=form.mime)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.{form.ending}"
    return answer
