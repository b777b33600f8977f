"""What departments owe each other (OLA), and who used how much of the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from huiyin.cases.actions.assign import assign_case
from huiyin.cases.actions.plan import plan_case
from huiyin.cases.actions.resume import resume_case
from huiyin.cases.actions.route import route_case
from huiyin.cases.actions.take import take_case
from huiyin.cases.actions.wait import wait_for
from huiyin.cases.models import CaseStay
from huiyin.cases.queries.stays import stays_of
from huiyin.cases.rules.stays import time_within
from huiyin.promises.models import Promise
from huiyin.promises.public import sweep_all
from tests.cases.conftest import Cases, owed
from tests.cases.test_pages import text
from tests.cases.test_sla_list import FIRST, SOLVE, ordered, saved
from tests.conftest import SHANGHAI, Company, MovableClock
from tests.working_time.calendars import calendar

HOURS = timedelta(hours=1)
STEP = {"level": "*", "start": "passed", "goal": "department_step", "amount": 4, "unit": "working_hours"}
TAKEN = {"level": "*", "start": "passed", "goal": "taken", "amount": 1, "unit": "working_hours"}
RND_STEP = STEP | {"amount": 2, "department": "rnd"}


@pytest.fixture
def between_departments(company: Company) -> None:
    saved(company, code="all", filter={}, clocks=[FIRST, SOLVE, STEP, TAKEN, RND_STEP])
    ordered(company, "all")


@pytest.mark.usefixtures("between_departments")
def test_a_department_that_gets_a_case_owes_its_first_step(cases: Cases, company: Company, clock: MovableClock) -> None:
    case = cases.open(topic="other", kind="inquiry", level="general")
    assert set(owed(case)) == {"first_response", "solve"}
    clock.set("2026-09-28T10:00")
    route_case(company.call("agent"), case.pk, department_id=company.departments["operations"].pk)
    assert owed(case) | {"department_step": "09-28 15:00", "taken": "09-28 11:00"} == owed(case)
    step = Promise.objects.get(subject_id=case.pk, kind="case.department_step")
    assert (step.department, step.policy) == (company.departments["operations"], "all v1")
    clock.set("2026-09-28T11:30")
    route_case(company.call("agent"), case.pk, department_id=company.departments["rnd"].pk)
    assert owed(case)["department_step"] == "09-28 14:30"
    old = Promise.objects.get(pk=step.pk)
    assert (old.state, old.evidence) == ("cancelled", company.departments["rnd"].name)
    late = Promise.objects.get(kind="case.taken", state="cancelled")
    assert late.due_at < clock.now


@pytest.mark.usefixtures("between_departments")
def test_only_somebody_of_the_department_takes_its_first_step(
    cases: Cases, company: Company, clock: MovableClock
) -> None:
    case = cases.open(topic="other", kind="inquiry", level="general")
    cases.step(case, "verify")
    route_case(company.call("agent"), case.pk, department_id=company.departments["rnd"].pk)
    due = clock.now + timedelta(days=2)
    plan_case(company.call("agent"), case.pk, steps="先看日志", due_at=due)
    assert {"department_step", "taken"} <= set(owed(case))
    take_case(company.call("rnd_head"), case.pk)
    assert "taken" not in owed(case)
    clock.set("2026-09-28T10:30")
    plan_case(company.call("rnd_head"), case.pk, steps="换主板", due_at=due)
    kept = Promise.objects.get(subject_id=case.pk, kind="case.department_step")
    assert (kept.state, kept.margin, kept.elapsed) == ("kept", 0.5 * HOURS, 1.5 * HOURS)


@pytest.mark.usefixtures("between_departments")
def test_a_case_given_to_a_person_elsewhere_is_taken_already(cases: Cases, company: Company) -> None:
    case = cases.open(topic="other", kind="inquiry", level="general")
    assign_case(company.call("service_manager"), case.pk, staff_id=company.staff["rnd_head"].pk)
    assert ("department_step" in owed(case), "taken" in owed(case)) == (True, False)


@pytest.mark.usefixtures("between_departments")
def test_time_with_each_department_is_kept_apart_from_what_stood_still(
    cases: Cases, company: Company, clock: MovableClock, sign_in: Callable[[str], Client]
) -> None:
    case = cases.open(topic="other", kind="inquiry", level="general")
    clock.set("2026-09-28T11:00")
    route_case(company.call("agent"), case.pk, department_id=company.departments["technical"].pk)
    clock.set("2026-09-28T14:00")
    wait_for(company.call("director"), case.pk, waiting_for="customer", reason="等照片")
    clock.set("2026-09-29T10:00")
    resume_case(company.call("director"), case.pk)
    clock.set("2026-09-29T11:00")
    route_case(company.call("director"), case.pk, department_id=company.departments["rnd"].pk)
    clock.set("2026-09-29T15:30")
    case.refresh_from_db()
    found = stays_of(case, "研发部", clock.now)
    assert [(each.department, each.worked / HOURS, each.stopped / HOURS) for each in found] == [
        (company.departments["service"].name, 2, 0),
        (company.departments["technical"].name, 3, 5),
        ("研发部", 3.5, 0),
    ]
    assert CaseStay.objects.count() == 2
    page = text(sign_in("director"), f"/cases/{case.pk}/")
    assert "各部门用时" in page
    wall = text(sign_in("director"), "/wall/?by=department")
    assert "最近 30 天转出工单的部门用时" in wall
    assert company.departments["technical"].name in wall
    assert "各部门用时" not in text(sign_in("director"), f"/cases/{cases.open().pk}/")


@pytest.mark.usefixtures("between_departments")
def test_sla_7_the_wall_shows_what_departments_owe_late_first(
    cases: Cases, company: Company, clock: MovableClock, sign_in: Callable[[str], Client]
) -> None:
    case = cases.open(topic="other", kind="inquiry", level="general")
    route_case(company.call("agent"), case.pk, department_id=company.departments["operations"].pk)
    clock.set("2026-09-28T15:00")
    sweep_all()
    page = text(sign_in("director"), "/wall/?by=department&kind=case.department_step")
    assert case.number in page
    assert "部门迈出第一步" in page
    assert company.departments["operations"].name in page


def sh(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 60)), max_size=5), st.integers(1, 400))
def test_what_ran_and_what_stood_add_up_and_parts_add_up_to_the_whole(
    parts: list[tuple[int, int]], middle: int
) -> None:
    start = sh("2026-09-28 08:00")
    stretches = [(start + begin * HOURS, start + (begin + length) * HOURS) for begin, length in parts]
    at, end = start + middle * HOURS / 2, start + 300 * HOURS
    hours = calendar()
    worked, stopped = time_within(hours, start, end, stretches)
    none, _zero = time_within(hours, start, end, [])
    first, second = time_within(hours, start, at, stretches), time_within(hours, at, end, stretches)
    assert worked + stopped == none
    assert (first[0] + second[0], first[1] + second[1]) == (worked, stopped)
