"""Clocks are reckoned anew while people work on the same cases: nobody's change is lost, nobody waits for a slice."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connections, transaction

from huiyin.cases.actions.do_clock_work import reckon_slice
from huiyin.cases.actions.reopen import reopen_case
from huiyin.cases.actions.resume import resume_case
from huiyin.cases.actions.wait import wait_for
from huiyin.cases.models import Case, ClockWork, SlaList, SlaPolicy
from huiyin.cases.rules.shipped import STANDARD
from huiyin.cases.tasks import reckon_through
from huiyin.foundation.calls import system_call
from tests.cases.conftest import Cases, owed
from tests.cases.test_races import at_once
from tests.cases.test_reckoning import PLAIN, as_explained, close_day, follow
from tests.conftest import Company, MovableClock

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def shipped(company: Company) -> None:
    """The table's policy: a test with real transactions begins without it, but for the first one."""
    if not SlaPolicy.objects.exists():
        SlaPolicy.objects.create(**STANDARD, effective_from=date(2007, 1, 1))
        SlaList.objects.create(version=1, codes=["standard"], effective_from=date(2007, 1, 1))


def test_a_case_somebody_is_working_on_is_left_alone_and_asked_again(cases: Cases, company: Company) -> None:
    follow(company)
    held, free = cases.open(**PLAIN), cases.open(**PLAIN)
    close_day(company, date(2026, 9, 29))
    work = ClockWork.objects.get()
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT 1 FROM cases_case WHERE id = %s FOR UPDATE", [held.pk])
            assert reckon_through(work.pk)
            work.refresh_from_db()
            assert (work.state, work.seen, work.skipped) == ("running", 1, [held.pk])
            assert (owed(held)["verify"], owed(free)["verify"]) == ("09-29 09:00", "09-30 09:00")
            cursor.execute("ROLLBACK")
    finally:
        other.close()
    assert not reckon_through(work.pk, rounds=1)
    work.refresh_from_db()
    assert (work.state, work.seen, work.left, owed(held)["verify"]) == ("done", 2, 0, "09-30 09:00")


def test_what_stays_held_to_the_end_is_told(cases: Cases, company: Company) -> None:
    follow(company)
    held = cases.open(**PLAIN)
    close_day(company, date(2026, 9, 29))
    work = ClockWork.objects.get()
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT 1 FROM cases_case WHERE id = %s FOR UPDATE", [held.pk])
            assert not reckon_through(work.pk, rounds=5) or not reckon_through(work.pk, rounds=5)
            cursor.execute("ROLLBACK")
    finally:
        other.close()
    work.refresh_from_db()
    assert (work.state, work.left) == ("done", 1)


def test_a_case_is_resumed_while_its_clocks_are_reckoned_and_both_count(
    cases: Cases, company: Company, clock: MovableClock
) -> None:
    follow(company)
    every = [cases.open(**PLAIN) for _number in range(4)]
    clock.set("2026-09-28T11:00")
    for case in every:
        wait_for(company.call("agent"), case.pk, waiting_for="customer", reason="等照片")
    clock.set("2026-09-29T10:00")
    close_day(company, date(2026, 9, 30))
    work, call = ClockWork.objects.get(), company.call("agent")
    at_once(
        *(lambda case=case: resume_case(call, case.pk) for case in every),
        lambda: reckon_through(work.pk),
    )
    reckon_through(work.pk, rounds=5)
    for case in every:
        case.refresh_from_db()
        assert (case.state, as_explained(case)) == ("open", True)
        assert owed(case)["first_response"] == "09-29 17:00"


def test_a_case_is_reopened_while_its_clocks_are_reckoned(cases: Cases, company: Company) -> None:
    follow(company)
    every = [cases.open(**PLAIN) for _number in range(3)]
    for case in every:
        for verb in ("verify", "start", "finish", "tell", "verdict"):
            cases.step(case, verb)
    assert Case.objects.filter(state="closed").count() == 3
    running = cases.open(**PLAIN)
    close_day(company, date(2026, 9, 29))
    work, call = ClockWork.objects.get(), company.call("service_manager")
    at_once(
        *(lambda case=case: reopen_case(call, case.pk, reason="又坏了") for case in every),
        lambda: reckon_through(work.pk),
    )
    reckon_through(work.pk, rounds=5)
    assert all(as_explained(case) for case in [*every, running])
    assert {owed(case)["solve"] for case in every} == {"10-12 09:00"}


def test_two_workers_on_the_same_work_do_each_slice_once(cases: Cases, company: Company) -> None:
    follow(company)
    every = [cases.open(**PLAIN) for _number in range(6)]
    close_day(company, date(2026, 9, 29))
    work = ClockWork.objects.get()

    def all_slices() -> int:
        moved = 0
        while (done := reckon_slice(system_call(), work.pk, size=2)).more:
            moved += done.moved
        return moved + done.moved

    assert sum(int(str(each)) for each in at_once(all_slices, all_slices)) == 18
    work.refresh_from_db()
    assert (work.state, work.seen, work.moved) == ("done", 6, 18)
    with transaction.atomic():
        assert all(as_explained(case) for case in every)
