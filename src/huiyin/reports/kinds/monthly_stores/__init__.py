"""Monthly 《×月客户回访汇总表》 by store, due on the 2nd at 18:00 (REP-1)."""

from __future__ import annotations

# Chinese data: the exact names and headings of the company's documents
from datetime import time

from huiyin.insights.public import Period, PeriodKind
from huiyin.kernel.words import gettext_noop as _
from huiyin.reports.kind import ReportKind
from huiyin.reports.kinds.monthly_stores.document import build
from huiyin.reports.rules.due import DueRule


def name(period: Period) -> str:
    """The exact name: 9月客户回访汇总表."""
    return f"{period.first.month}月客户回访汇总表"


KIND = ReportKind(
    code="monthly",
    label=_("Monthly summary of customer visits by store"),
    period=PeriodKind.MONTH,
    due=DueRule(days_after=1, at=time(18, 0)),
    name=name,
    build=lambda lens: build(name(lens.period), lens),
)
