"""Makes the reports of the running periods, with their promises, ahead of time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings

from huiyin.foundation.actions import Act, action
from huiyin.insights.public import Period, period_of
from huiyin.organisation.public import Department
from huiyin.promises.public import make_promise
from huiyin.reports.kind import ReportKind, report_kinds
from huiyin.reports.models import Report, ReportRule
from huiyin.reports.rules.codes import SUBMIT
from huiyin.working_time.public import Span, Unit, calendar_of

SERVICE = "service"  # whose reports are when no rule says otherwise
MOST_AT_ONCE = 60  # after a long rest of the worker: periods made up for in one go


@action("reports.make_due")
def make_due(act: Act) -> int:
    """Adds the report of each running period and of those missed since the last one; returns how many. Repeatable."""
    zone = ZoneInfo(settings.TIME_ZONE)
    today = act.now.astimezone(zone).date()
    rules = {rule.kind: rule for rule in ReportRule.objects.filter(is_active=True)}
    made = 0
    for kind in report_kinds().values():
        if kind.code in rules:
            made += sum(_make(act, kind, rules[kind.code], period) for period in _missing(kind, today))
    return made


def _missing(kind: ReportKind, today: date) -> Iterator[Period]:
    """From the period after the newest report up to the running one; at first only the running one."""
    running = period_of(kind.period, today)
    newest = Report.objects.filter(kind=kind.code).order_by("-due_at", "-pk").first()
    period = newest.about.next() if newest else running
    for _count in range(MOST_AT_ONCE):
        if period.first > running.first:
            return
        yield period
        period = period.next()


def _department(rule: ReportRule) -> Department | None:
    return rule.department or Department.objects.filter(code=SERVICE).first()


def _make(act: Act, kind: ReportKind, rule: ReportRule, period: Period) -> bool:
    calendar = calendar_of()
    due_at = rule.as_rule().due(period.after, calendar).at
    report, made = Report.objects.get_or_create(
        kind=kind.code,
        period=period.code,
        defaults={"name": kind.name(period), "department": _department(rule), "due_at": due_at},
    )
    if made:
        act.record(report, period=period.code)
        make_promise(
            act.call,
            kind=SUBMIT,
            subject=report,
            span=Span(1, Unit.WORKING_DAYS),
            start=min(period.moments(calendar.zone)[1], due_at),
            due_at=due_at,
            department=report.department_id,
            title=report.name,
        )
    return made
