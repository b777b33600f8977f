"""What a merge and its undoing leave alone: decisions made since, and the clocks of tasks that went along."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.cases.actions.merge import merge_case, unmerge_case
from huiyin.cases.actions.tasks import add_task
from huiyin.cases.actions.triage import triage_case
from huiyin.cases.actions.wait import wait_for
from huiyin.cases.models import Case, CaseTask
from huiyin.promises.public import Promise
from tests.cases.conftest import Cases
from tests.conftest import Company, MovableClock


def merged(company: Company, case: Case, into: Case) -> None:
    merge_case(company.call("agent"), case.pk, into=into.number, reason="同一件事", tell=False)


def undone(company: Company, case: Case) -> None:
    unmerge_case(company.call("agent"), case.pk, reason="不是同一件事")


def level_of(case: Case) -> tuple[str, str]:
    case.refresh_from_db()
    return case.level, case.level_reason


def state_of(task: CaseTask) -> str:
    return Promise.objects.get(subject="cases.casetask", subject_id=task.pk).state


@pytest.mark.parametrize("merge_raises", [False, True])
def test_a_level_decided_since_the_merge_stays_when_that_is_undone(
    cases: Cases, company: Company, clock: MovableClock, merge_raises: bool
) -> None:
    case, into = cases.open(), cases.open()
    if merge_raises:
        triage_case(company.call("agent"), case.pk, level="important", reason="影响多人")
    clock.advance(minutes=1)
    merged(company, case, into)
    clock.advance(minutes=1)
    triage_case(company.call("technical_head"), into.pk, level="urgent", reason="安全隐患")
    undone(company, case)
    assert level_of(into) == ("urgent", "安全隐患")


def test_a_level_that_the_merge_raised_and_nobody_decided_goes_back(
    cases: Cases, company: Company, clock: MovableClock
) -> None:
    case, into = cases.open(), cases.open()
    before = level_of(into)
    triage_case(company.call("agent"), case.pk, level="urgent", reason="停业")
    clock.advance(minutes=1)
    merged(company, case, into)
    assert level_of(into)[0] == "urgent"
    undone(company, case)
    assert level_of(into) == before


def test_a_task_that_stood_still_runs_in_the_case_at_work_and_stands_still_again_when_it_comes_back(
    cases: Cases, company: Company
) -> None:
    case, into = cases.until("start"), cases.until("start")
    task = add_task(company.call("agent"), case.pk, title="备件到货后上门", due_on=date(2026, 9, 30))
    wait_for(company.call("agent"), case.pk, waiting_for="customer", reason="等回电")
    assert state_of(task) == "paused"
    merged(company, case, into)
    assert state_of(task) == "open"
    undone(company, case)
    assert state_of(task) == "paused"


def test_a_task_that_ran_stands_still_in_a_case_that_waits(cases: Cases, company: Company) -> None:
    case, into = cases.until("start"), cases.until("start")
    task = add_task(company.call("agent"), case.pk, title="备件到货后上门", due_on=date(2026, 9, 30))
    wait_for(company.call("agent"), into.pk, waiting_for="customer", reason="等回电")
    merged(company, case, into)
    assert state_of(task) == "paused"
    undone(company, case)
    assert state_of(task) == "open"
