"""The problem tracking table: its rows, by key, and its counts, from the same condition (CAS-14)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.utils import timezone

from huiyin.cases.models import Case, CasePlan, CaseQuerySet, CaseVerdict
from huiyin.cases.queries.handling_sheet import reporter_numbers
from huiyin.cases.queries.search import narrowed
from huiyin.cases.queries.views import rows_of_view, view_named
from huiyin.cases.rules.states import ENDED
from huiyin.cases.rules.tracking import Standing, Tracked, TrackingFilter
from huiyin.customers.public import Hiding, numbers_of
from huiyin.kernel.actor import Actor
from huiyin.kernel.years import within_reach

ORDER = ("-received_at", "-id")
CHUNK = 2_000
FINISHED = Q(finished_at__isnull=False)


@dataclass(frozen=True)
class Problem:
    """One row. Moments are UTC; ``verdict`` is what the customer said last, ``state`` a code."""

    pk: int
    number: str
    received_at: datetime
    title: str
    description: str
    customer: str
    department: str
    owner: str
    plan: str
    planned_at: datetime | None
    finished_at: datetime | None
    verdict: str
    score: int | None
    state: str

    @property
    def late(self) -> bool:
        """Whether it was finished after the day planned."""
        return bool(self.planned_at and self.finished_at and self.finished_at > self.planned_at)


def problems(actor: Actor, wanted: TrackingFilter, now: datetime) -> CaseQuerySet:
    """The cases of the table in the actor's sight, cancelled ones left out.

    Raises:
        NotFound: there is no such view; Invalid: its condition cannot be read any more.
    """
    zone = timezone.get_default_timezone()
    days = (within_reach(wanted.first), within_reach(wanted.last) + timedelta(days=1))
    since, until = (datetime.combine(day, time(0), zone) for day in days)
    rows = Case.objects.visible_to(actor).filter(received_at__gte=since, received_at__lt=until)
    rows = rows.exclude(state__in=["cancelled", "merged"])
    if wanted.view:
        rows = rows.filter(pk__in=rows_of_view(actor, view_named(actor, wanted.view), now).values("pk"))
    if wanted.department:
        rows = rows.filter(department_id=wanted.department)
    if wanted.standing:
        rows = rows.filter(standing_as(wanted.standing, now))
    return narrowed(rows, wanted.text)


def standing_as(standing: str, now: datetime) -> Q:
    """How a problem stands, as a condition; closed without finished work counts as not finished."""
    if standing == Standing.OPEN:
        return ~FINISHED
    if standing == Standing.FINISHED:
        return FINISHED
    too_late = Q(finished_at__gt=F("planned_at"))
    return too_late | (~FINISHED & Q(planned_at__lt=now) & ~Q(state__in=sorted(ENDED)))


def counted(rows: CaseQuerySet, now: datetime) -> Tracked:
    """The counts of the table (one statement)."""
    last = _last_verdict("verdict")
    found = rows.annotate(said=Subquery(last)).aggregate(
        total=Count("pk"),
        open=Count("pk", ~FINISHED),
        finished=Count("pk", FINISHED),
        on_time=Count("pk", Q(finished_at__lte=F("planned_at"))),
        late=Count("pk", standing_as(Standing.LATE, now)),
        satisfied=Count("pk", Q(said="satisfied")),
        mostly=Count("pk", Q(said="mostly")),
        not_satisfied=Count("pk", Q(said="not")),
    )
    return Tracked(**found)


def _last_verdict(field: str) -> Any:
    return CaseVerdict.objects.filter(case=OuterRef("pk")).order_by("-pk").values(field)[:1]


def with_words(rows: CaseQuerySet) -> CaseQuerySet:
    """The rows with what the table shows of their plan and verdict."""
    plan = CasePlan.objects.filter(case=OuterRef("pk")).order_by("-version").values("steps")[:1]
    return rows.select_related("customer", "department", "owner").annotate(
        plan_steps=Subquery(plan), said=Subquery(_last_verdict("verdict")), score=Subquery(_last_verdict("score"))
    )


def problem_of(case: Any) -> Problem:
    """A row of :func:`with_words` as the table shows it."""
    return Problem(
        pk=case.pk,
        number=case.number,
        received_at=case.received_at,
        title=case.title,
        description=case.description,
        customer=case.customer.name if case.customer else "",
        department=case.department.name if case.department else "",
        owner=case.owner.name if case.owner else "",
        plan=case.plan_steps or "",
        planned_at=case.planned_at,
        finished_at=case.finished_at,
        verdict=case.said or "",
        score=case.score,
        state=case.state,
    )


def all_problems(rows: CaseQuerySet) -> Iterator[list[Problem]]:
    """All rows in order, some thousand at a time, each piece by key: nothing is held in memory but one piece.

    Numbers of the customer and of who reported are masked where somebody wrote them into a text: this leaves the house.
    """
    left = with_words(rows).order_by(*ORDER)
    piece = _to_take_out(left[:CHUNK])
    while piece:
        yield piece
        last = piece[-1]
        behind = Q(received_at__lt=last.received_at) | Q(received_at=last.received_at, pk__lt=last.pk)
        piece = _to_take_out(left.filter(behind)[:CHUNK])


def _to_take_out(cases: CaseQuerySet) -> list[Problem]:
    found = list(cases)
    numbers = numbers_of({case.customer_id for case in found if case.customer_id is not None})
    return [_hidden(case, numbers.get(case.customer_id or 0, ())) for case in found]


def _hidden(case: Case, numbers: tuple[tuple[str, str, str], ...]) -> Problem:
    problem, hide = problem_of(case), Hiding((*numbers, reporter_numbers(case))).hide
    return replace(problem, description=hide(problem.description), plan=hide(problem.plan))
