"""A clock moved backwards: hours and days between the steps of a case, the sweeps and the reckoning (bad input)."""

from __future__ import annotations

import os
from datetime import date, datetime, timedelta

import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule, run_state_machine_as_test

from huiyin.cases.actions.note import add_note
from huiyin.cases.actions.resume import resume_case
from huiyin.cases.actions.route import route_case
from huiyin.cases.actions.wait import wait_for
from huiyin.cases.models import CaseStage, CaseStay, OwnStage
from huiyin.cases.queries.detail import case_detail
from huiyin.cases.rules.stays import time_within
from huiyin.foundation.models import ActEntry
from huiyin.promises.models import Promise, PromiseStep
from huiyin.promises.public import sweep_all
from huiyin.promises.rules.clock_state import clock_state
from huiyin.working_time.rules.arithmetic import working_time_between
from tests.cases.conftest import Cases, owed
from tests.cases.test_every_way import Ways
from tests.cases.test_reckoning import all_done, close_day, follow
from tests.cases.ways_of_a_case import check_every_case
from tests.conftest import MONDAY, Company, MovableClock
from tests.working_time.calendars import calendar

pytestmark = pytest.mark.django_db
STANDARD = calendar()


HOURS = st.integers(-400, 400)


@given(since=HOURS, until=HOURS, stretches=st.lists(st.tuples(HOURS, st.none() | HOURS), max_size=6))
def test_time_with_a_department_is_never_negative(
    since: int, until: int, stretches: list[tuple[int, int | None]]
) -> None:
    at = [(_hour(begin), None if end is None else _hour(end)) for begin, end in stretches]
    ran, stood = time_within(STANDARD, _hour(since), _hour(until), at)
    assert min(ran, stood) >= timedelta(0)
    assert ran + stood == max(working_time_between(STANDARD, _hour(since), _hour(until)), timedelta(0))


@given(state=st.sampled_from(["open", "kept", "paused", "cancelled"]), due=HOURS, warn=HOURS, now=HOURS, broken=HOURS)
def test_a_broken_promise_never_shows_as_in_time(state: str, due: int, warn: int, now: int, broken: int) -> None:
    shown = clock_state(state=state, due=_hour(due), warn=_hour(warn), broken=_hour(broken), now=_hour(now))
    late = {"open": "late", "kept": "kept-late", "paused": "paused", "cancelled": "cancelled"}
    assert shown == late[state]


def _hour(number: int) -> datetime:
    return MONDAY + timedelta(hours=number)


class SetBack(Ways):
    """As every way, with a clock that also goes backwards."""

    def __init__(self) -> None:
        super().__init__()
        self.late: dict[int, datetime | None] = {}

    @rule(hours=st.sampled_from([1, 3, 26, 170]))
    def the_clock_is_set_back(self, hours: int) -> None:
        self.clock.advance(hours=-hours)
        sweep_all()

    @invariant()
    def everything_holds(self) -> None:
        check_every_case(set_back=True)

    @invariant()
    def late_stays_late(self) -> None:
        now = dict(Promise.objects.filter(broken_at__isnull=False).values_list("pk", "broken_at"))
        assert self.late.items() <= now.items()
        self.late = now


def test_no_way_with_a_clock_set_back_leads_to_negative_times_or_a_breach_undone(
    cases: Cases, company: Company, clock: MovableClock
) -> None:
    OwnStage.objects.create(code="at_work", name="作业中", state="executing")
    SetBack.company, SetBack.cases, SetBack.clock = company, cases, clock
    drawn = settings(
        max_examples=int(os.environ.get("HUIYIN_WAYS", "5")),
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    run_state_machine_as_test(SetBack, settings=drawn)


def test_a_case_lives_through_a_clock_that_goes_back_at_every_step(
    cases: Cases, company: Company, clock: MovableClock
) -> None:
    """Opened, passed on, answered, paused, resumed, done and judged, each an hour or days before the step before."""
    clock.set("2026-10-15T15:00")
    case = cases.open()
    call = company.call
    clock.advance(hours=-5)
    route_case(call("director"), case.pk, topic="product")
    clock.advance(days=-2)
    route_case(call("director"), case.pk, topic="technical")
    add_note(call("technical_head"), case.pk, text="已联系")
    clock.advance(hours=-3)
    wait_for(call("technical_head"), case.pk, waiting_for="customer", reason="等照片")
    clock.advance(hours=-30)
    resume_case(call("technical_head"), case.pk)
    for verb in ("verify", "plan", "send_plan", "confirm", "start", "finish", "tell", "verdict"):
        clock.advance(hours=-2)
        cases.step(case, verb, by="director")
        sweep_all()
    check_every_case(set_back=True)
    assert [(each.worked.days, each.stopped.days) for each in CaseStay.objects.filter(case=case)] == [(0, 0), (0, 0)]
    verbs = list(CaseStage.objects.filter(case=case).order_by("id").values_list("verb", flat=True))
    walked = ["open", "wait", "resume", "verify", "plan", "send_plan", "confirm", "start", "finish", "tell", "verdict"]
    assert verbs[: len(walked)] == walked
    with override("en"):
        said = [item.label for item in case_detail(company.actor("director"), case.pk, clock.now).talk if item.label]
    labels = ["Case opened", "Waiting", "Work goes on", "Record confirmed with the customer", "Plan made"]
    assert [label for label in said if label in labels] == labels, "the history stays in the order of happening"
    entries = ActEntry.objects.filter(subject="cases.case", subject_id=case.pk).order_by("id")
    assert entries[0].verb == "cases.open"


def test_a_sweep_before_and_after_the_clock_went_back_tells_once(
    cases: Cases, company: Company, clock: MovableClock
) -> None:
    case = cases.open(kind="inquiry", topic="other", level="general")
    clock.set("2026-09-28T18:00:01")
    assert sweep_all() == 2, "a warning and a breach of the first response"
    first = Promise.objects.get(kind="case.first_response", subject_id=case.pk)
    for back in (1, 8, 100):
        clock.set("2026-09-28T18:00:01")
        clock.advance(hours=-back)
        assert sweep_all() == 0
    clock.set("2026-09-28T18:00:02")
    assert sweep_all() == 0
    first.refresh_from_db()
    assert first.broken_at == first.due_at
    assert list(PromiseStep.objects.filter(promise=first).values_list("step", flat=True)) == ["warn", "breach"]


def test_the_reckoning_goes_by_the_calendar_also_when_the_clock_went_back(
    cases: Cases, company: Company, clock: MovableClock
) -> None:
    follow(company)
    case = cases.open(kind="inquiry", topic="other", level="general")
    assert owed(case) == {"first_response": "09-28 18:00", "verify": "09-29 09:00", "solve": "10-10 09:00"}
    clock.set("2026-09-28T18:30")
    sweep_all()
    clock.set("2026-09-27T09:00")
    close_day(company, date(2026, 9, 29))
    work = all_done()
    assert (work.state, work.seen, work.moved) == ("done", 1, 2)
    assert owed(case) == {"first_response": "09-28 18:00", "verify": "09-30 09:00", "solve": "10-12 09:00"}
    late = Promise.objects.get(kind="case.first_response", subject_id=case.pk)
    assert late.broken_at == late.due_at, "a breach stays, and its deadline with it"
