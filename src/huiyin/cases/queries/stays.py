"""How long a case was with which department."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from huiyin.cases.models import Case, CaseStay
from huiyin.cases.queries.sla import policy_of
from huiyin.cases.rules.stays import time_within
from huiyin.promises.public import standstills_on
from huiyin.working_time.public import calendar_of


@dataclass(frozen=True)
class Stay:
    """A case with a department ("" where none had it): working time that ran and that stood; without ``until``: now."""

    department: str
    since: datetime
    until: datetime | None
    worked: timedelta
    stopped: timedelta


def stays_of(case: Case, department: str, now: datetime) -> list[Stay]:
    """Who had the case how long, oldest first; empty while it was never passed on. ``department`` has it now."""
    past = [
        Stay(each.department.name if each.department else "", each.since, each.until, each.worked, each.stopped)
        for each in CaseStay.objects.filter(case=case).select_related("department").order_by("id")
    ]
    if not past:
        return []
    since, until = past[-1].until or case.received_at, case.closed_at or now
    worked, stopped = measured(case, since, until)
    return [*past, Stay(department, since, case.closed_at, worked, stopped)]


def begun_here(case: Case) -> datetime:
    """Since when the case is with its department."""
    last = CaseStay.objects.filter(case=case).order_by("-id").values_list("until", flat=True).first()
    return last or case.received_at


def measured(case: Case, since: datetime, until: datetime) -> tuple[timedelta, timedelta]:
    """Working time of the case between two moments that ran, and that stood still."""
    stretches = standstills_on(case._meta.label_lower, case.pk)
    return time_within(calendar_of(policy_of(case).calendar), since, until, stretches)
