"""What is due when, and what has been published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import gettext

from huiyin.foundation import clock
from huiyin.foundation.forms import say
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, page, show
from huiyin.reports.models import Report
from huiyin.reports.queries.reports import owed_reports, visible_reports
from huiyin.reports.rules.way import ReportState

TONES = {
    ReportState.DRAFT: "neutral",
    ReportState.SUBMITTED: "accent",
    ReportState.APPROVED: "accent",
    ReportState.PUBLISHED: "kept",
}


@dataclass(frozen=True)
class ReportRow:
    """One report in words; the clock runs until it is submitted."""

    report: Report
    label: str
    period: str
    state: str
    tone: str
    kept_at: datetime | None


@dataclass(frozen=True)
class ReportsPage:
    """Owed reports, and published ones by page."""

    owed: list[ReportRow]
    published: list[ReportRow]
    page: KeysetPage[Report]
    now: datetime


@page("reports/", name="reports", needs="reports.see")
def reports(request: Request) -> HttpResponse:
    """Reports within one's area."""
    out = visible_reports(request.actor).filter(state=ReportState.PUBLISHED)
    found = keyset(out, order=("-published_at", "-id"), after=request.GET.get("after"), size=30)
    context = ReportsPage(
        owed=[row_of(report) for report in owed_reports(request.actor)],
        published=[row_of(report) for report in found.rows],
        page=found,
        now=clock.now(),
    )
    return show(request, "reports/reports.html", context)


def row_of(report: Report) -> ReportRow:
    """A report as the list and its own page show it."""
    return ReportRow(
        report=report,
        label=gettext(report.is_kind.label),
        period=say(report.about.words),
        state=gettext(report.state_label),
        tone=TONES[ReportState(report.state)],
        kept_at=report.first_submitted_at,
    )
