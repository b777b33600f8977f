"""Weekly 《×月第×周客户回访记录单》, due on the Monday after at 12:00 (REP-1)."""

from __future__ import annotations

# Chinese data: the exact names and headings of the company's documents
from datetime import time

from huiyin.insights.public import Period, PeriodKind
from huiyin.kernel.words import gettext_noop as _
from huiyin.reports.kind import ReportKind
from huiyin.reports.kinds.weekly_visits.document import build
from huiyin.reports.rules.due import DueRule


def name(period: Period) -> str:
    """The exact name: 9月第4周客户回访记录单."""
    return f"{period.first.month}月第{period.number}周客户回访记录单"


KIND = ReportKind(
    code="weekly",
    label=_("Weekly record of customer visits"),
    period=PeriodKind.WEEK,
    due=DueRule(days_after=0, at=time(12, 0)),
    name=name,
    build=lambda lens: build(name(lens.period), lens),
)
