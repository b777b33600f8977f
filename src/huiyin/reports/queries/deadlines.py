"""Why a report is due when it is."""

from __future__ import annotations

from huiyin.reports.models import Report, ReportRule
from huiyin.working_time.public import Deadline, calendar_of


def explain_deadline(calendar: str, version: int, report_id: int) -> Deadline | None:
    """The rule's deadline of a report in a version of a calendar; None where there is no rule any more."""
    report = Report.objects.filter(pk=report_id).first()
    rule = ReportRule.objects.filter(kind=report.kind).first() if report else None
    return rule.as_rule().due(report.about.after, calendar_of(calendar, version)) if report and rule else None
