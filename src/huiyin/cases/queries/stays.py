"""How long a case was with which department."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, Sum

from huiyin.cases.models import Case, CaseStay
from huiyin.cases.queries.sla import policy_of
from huiyin.cases.rules.sla import OF_DEPARTMENT
from huiyin.cases.rules.stays import time_within
from huiyin.kernel.actor import Actor, Scope
from huiyin.promises.public import Promise, PromiseState, standstills_on
from huiyin.working_time.public import calendar_of, length_in_words


@dataclass(frozen=True)
class Stay:
    """A case with a department ("" where none had it): working time that ran and that stood; without ``until``: now."""

    department: str
    since: datetime
    until: datetime | None
    worked: timedelta
    stopped: timedelta

    @property
    def used(self) -> str:
        """What ran, in words."""
        return length_in_words(self.worked)

    @property
    def stood(self) -> str:
        """What stood still, in words; "" for nothing."""
        return length_in_words(self.stopped) if self.stopped else ""


def stays_of(case: Case, department: str, now: datetime) -> list[Stay]:
    """Who had the case how long, oldest first; empty while it was never passed on. ``department`` has it now."""
    past = [
        Stay(each.department.name if each.department else "", each.since, each.until, each.worked, each.stopped)
        for each in CaseStay.objects.filter(case=case).select_related("department").order_by("id")
    ]
    if not past:
        return []
    since = past[-1].until or case.received_at
    until = max(since, case.closed_at or now)
    worked, stopped = measured(case, since, until)
    return [*past, Stay(department, since, until if case.closed_at else None, worked, stopped)]


@dataclass(frozen=True)
class WithDepartment:
    """Cases that a department passed on, the working time it used on them in all and each, and its own clocks.

    ``kept`` and ``late`` count what it owed other departments and settled in the same days.
    """

    department: str
    passed: int
    worked: timedelta
    each: timedelta
    stopped: timedelta
    kept: int
    late: int

    @property
    def used(self) -> str:
        """What ran, in words."""
        return length_in_words(self.worked)

    @property
    def used_each(self) -> str:
        """What ran for each case, in words."""
        return length_in_words(self.each)

    @property
    def stood(self) -> str:
        """What stood still, in words."""
        return length_in_words(self.stopped)


def with_departments(actor: Actor, now: datetime, days: int) -> list[WithDepartment]:
    """What each department in the viewer's sight used on cases passed on in the last ``days``, most first."""
    since = now - timedelta(days=days)
    stays = CaseStay.objects.filter(until__gte=since, department__isnull=False)
    if actor.scope is not Scope.ALL:
        stays = stays.filter(department_id__in=actor.department_ids)
    rows = stays.values_list("department", "department__name").annotate(
        passed=Count("pk"), ran=Sum("worked"), stood=Sum("stopped")
    )
    clocks = _clocks_of_departments(since)
    return [
        WithDepartment(name, passed, ran, ran / passed, stood, *clocks.get(pk, (0, 0)))
        for pk, name, passed, ran, stood in rows.order_by("-ran")
    ]


def _clocks_of_departments(since: datetime) -> dict[int, tuple[int, int]]:
    kinds = [f"case.{goal}" for goal in OF_DEPARTMENT]
    settled = Promise.objects.filter(kind__in=kinds, state=PromiseState.KEPT, settled_at__gte=since)
    counted = (
        settled.order_by()
        .values_list("department")
        .annotate(
            kept=Count("pk", filter=Q(broken_at__isnull=True)), late=Count("pk", filter=Q(broken_at__isnull=False))
        )
    )
    return {pk: (kept, late) for pk, kept, late in counted}


def begun_here(case: Case) -> datetime:
    """Since when the case is with its department."""
    last = CaseStay.objects.filter(case=case).order_by("-id").values_list("until", flat=True).first()
    return last or case.received_at


def measured(case: Case, since: datetime, until: datetime) -> tuple[timedelta, timedelta]:
    """Working time of the case between two moments that ran, and that stood still."""
    stretches = standstills_on(case._meta.label_lower, case.pk)
    return time_within(calendar_of(policy_of(case).calendar), since, until, stretches)
