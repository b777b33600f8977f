"""The API of reports: what is due, the document, and its way."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.http import HttpResponse
from ninja import Field, Query, Router, Schema

from huiyin.documents.public import to_json
from huiyin.foundation import clock
from huiyin.foundation.api import ApiRequest, Cursor, Page, answers, call_of_api, needs, outcome, page_of
from huiyin.reports.actions.decide import approve, publish, return_report
from huiyin.reports.actions.submit import submit
from huiyin.reports.models import Report
from huiyin.reports.queries.documents import document_of, file_of, form_called
from huiyin.reports.queries.reports import report_for, visible_reports

PREFIX = "/reports"
router = Router(tags=["reports"])
FileForm = Literal["xlsx", "docx", "pdf"]


class ReportOut(Schema):
    """One report and where it stands."""

    id: int
    kind: str
    period: str
    name: str
    state: str
    due_at: datetime
    late: bool
    submitted_at: datetime | None
    decided_at: datetime | None
    published_at: datetime | None
    returned_because: str
    digest: str


class SubmitIn(Schema):
    """The exact name, if the caller wants it checked."""

    name: str | None = Field(None, max_length=100)


class ReturnIn(Schema):
    """Why it goes back."""

    reason: str = Field(max_length=300)


class DocumentOut(Schema):
    """The tables of a report, cell by cell."""

    name: str
    sheets: list[dict[str, Any]]


@router.get("", auth=needs("reports.see"), response=answers(Page[ReportOut]))
def list_reports(request: ApiRequest, cursor: Query[Cursor]) -> Page[ReportOut]:
    """Reports within your area, latest deadline first."""
    return page_of(visible_reports(request.actor), order=("-due_at", "-id"), cursor=cursor, out=ReportOut)


@router.get("/{int:report_id}", auth=needs("reports.see"), response=answers(ReportOut))
def get_report(request: ApiRequest, report_id: int) -> Report:
    """One report."""
    return report_for(request.actor, report_id)


@router.get("/{int:report_id}/document", auth=needs("reports.see"), response=answers(DocumentOut))
def get_report_document(request: ApiRequest, report_id: int) -> DocumentOut:
    """What the report says: a draft's numbers are of this moment, a submitted one's are frozen."""
    return DocumentOut(**to_json(document_of(report_for(request.actor, report_id), clock.now())))


@router.get("/{int:report_id}/file", auth=needs("reports.see"), response=answers(None))
def get_report_file(request: ApiRequest, report_id: int, form: FileForm = "xlsx") -> HttpResponse:
    """The file as Excel, Word or PDF; all three hold the same cells."""
    content = file_of(report_for(request.actor, report_id), clock.now(), form)
    return HttpResponse(content, content_type=form_called(form).mime)


@router.post("/{int:report_id}/submit", auth=needs("reports.submit"), response=answers(ReportOut))
def submit_report(request: ApiRequest, report_id: int, data: SubmitIn) -> Report:
    """Freezes the numbers and hands the report in."""
    outcome(submit, call_of_api(request), report_id, name=data.name)
    return report_for(request.actor, report_id)


@router.post("/{int:report_id}/approve", auth=needs("reports.approve"), response=answers(ReportOut))
def approve_report(request: ApiRequest, report_id: int) -> Report:
    """Approves a submitted report."""
    outcome(approve, call_of_api(request), report_id)
    return report_for(request.actor, report_id)


@router.post("/{int:report_id}/return", auth=needs("reports.approve"), response=answers(ReportOut))
def send_report_back(request: ApiRequest, report_id: int, data: ReturnIn) -> Report:
    """Sends a report back to be corrected."""
    outcome(return_report, call_of_api(request), report_id, reason=data.reason)
    return report_for(request.actor, report_id)


@router.post("/{int:report_id}/publish", auth=needs("reports.approve"), response=answers(ReportOut))
def publish_report(request: ApiRequest, report_id: int) -> Report:
    """Opens an approved report to stores and departments."""
    outcome(publish, call_of_api(request), report_id)
    return report_for(request.actor, report_id)
