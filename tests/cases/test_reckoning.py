"""Running clocks follow a calendar or a policy's new version only where the policy says so, in slices, beside work."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from huiyin.cases.actions.begin_clock_work import stop_clock_work
from huiyin.cases.actions.do_clock_work import reckon_slice
from huiyin.cases.actions.save_sla import save_sla
from huiyin.cases.actions.wait import wait_for
from huiyin.cases.models import Case, ClockWork, SlaPolicy
from huiyin.cases.queries.sla_contents import content_of
from huiyin.cases.tasks import reckon_through
from huiyin.foundation.calls import system_call
from huiyin.kernel.refusal import Conflict, Forbidden
from huiyin.promises.models import Promise
from huiyin.promises.public import move_promise, promises_on, sweep_all
from huiyin.promises.queries.deadlines import explained_deadline
from huiyin.working_time.actions.set_day import set_day
from huiyin.working_time.rules.calendar import DayKind
from tests.cases.conftest import Cases, owed
from tests.conftest import Company, MovableClock

TODAY = date(2026, 9, 28)
PLAIN = {"kind": "inquiry", "topic": "other", "level": "general"}


def follow(company: Company, **values: object) -> SlaPolicy:
    """The standard policy, whose running clocks follow the calendar from today on."""
    row = SlaPolicy.objects.filter(code="standard").latest("version")
    content = content_of(row) | {"follows_calendar": True} | values
    return save_sla(company.call("director"), content, effective_from=TODAY, reason="新规则", expected=row.version)


def make_up_saturday(company: Company, day: date = date(2026, 10, 17)) -> None:
    set_day(company.call("director"), "standard", day=day, kind=DayKind.MAKE_UP, name="补班", note="赶工")


def close_day(company: Company, day: date) -> None:
    set_day(company.call("director"), "standard", day=day, kind=DayKind.CLOSURE, name="盘点", note="盘点")


def all_done(work: ClockWork | None = None) -> ClockWork:
    work = work or ClockWork.objects.latest("pk")
    assert not reckon_through(work.pk)
    work.refresh_from_db()
    return work


def as_explained(case: Case) -> bool:
    """Every running promise is due when its explanation says, and the case stands in the queue by the first."""
    mine = [each for each in promises_on("cases.case", case.pk) if each.state in ("open", "paused")]
    running = [each for each in mine if each.state == "open"]
    first = min(running, key=lambda each: each.due_at)
    case.refresh_from_db()
    assert (case.due_at, case.warn_at) == (first.due_at, first.ladder_at[0])
    return all(each.due_at == explained_deadline(each).at for each in mine)


def test_sla_6_a_calendar_change_leaves_running_clocks_where_the_policy_does_not_follow_it(
    cases: Cases, company: Company
) -> None:
    case = cases.open(**PLAIN)
    close_day(company, date(2026, 9, 29))
    assert (ClockWork.objects.count(), owed(case)["solve"]) == (0, "10-10 09:00")


def test_a_make_up_saturday_moves_running_clocks_whose_policy_follows_the_calendar(
    cases: Cases, company: Company, clock: MovableClock
) -> None:
    clock.set("2026-10-12T09:00")
    before = cases.open(**PLAIN)
    row = SlaPolicy.objects.get(code="standard")
    save_sla(
        company.call("director"),
        content_of(row) | {"follows_calendar": True},
        effective_from=date(2026, 10, 12),
        reason="日历变动时重算",
    )
    case = cases.open(**PLAIN)
    assert owed(case) == {"first_response": "10-12 18:00", "verify": "10-13 09:00", "solve": "10-19 09:00"}
    make_up_saturday(company)
    work = all_done()
    assert (work.state, work.total, work.seen, work.moved, work.left) == ("done", 1, 1, 3, 0)
    assert owed(case) == {"first_response": "10-12 18:00", "verify": "10-13 09:00", "solve": "10-17 09:00"}
    assert owed(before)["solve"] == "10-19 09:00"
    assert as_explained(case)
    promise = Promise.objects.get(subject_id=case.pk, kind="case.solve")
    reasons = dict(Promise.objects.filter(subject_id=case.pk).values_list("kind", "moved_reason"))
    assert reasons == {"case.first_response": "", "case.verify": "", "case.solve": "赶工"}
    assert promise.ladder_at[0] == promise.start_at + (promise.due_at - promise.start_at) * 0.75
    assert promise.ladder_at[2] == clock.set("2026-10-17T14:00")


def test_pauses_are_kept_when_a_clock_is_reckoned_anew(cases: Cases, company: Company, clock: MovableClock) -> None:
    follow(company)
    stood, stands = cases.open(**PLAIN), cases.open(**PLAIN)
    clock.set("2026-09-28T11:00")
    for case in (stood, stands):
        wait_for(company.call("agent"), case.pk, waiting_for="customer", reason="等照片")
    clock.set("2026-09-29T10:00")
    from huiyin.cases.actions.resume import resume_case

    resume_case(company.call("agent"), stood.pk)
    assert owed(stood)["first_response"] == "09-29 17:00"
    close_day(company, date(2026, 9, 30))
    assert all_done().moved == 7
    assert as_explained(stood)
    clock.set("2026-10-08T09:00")
    resume_case(company.call("agent"), stands.pk)
    stands.refresh_from_db()
    assert as_explained(stands)


def test_sla_5_a_breach_stays_where_a_later_deadline_would_undo_it(
    cases: Cases, company: Company, clock: MovableClock
) -> None:
    follow(company)
    case = cases.open(**PLAIN)
    clock.set("2026-09-28T18:30")
    late = Promise.objects.get(subject_id=case.pk, kind="case.first_response")
    close_day(company, TODAY)
    assert all_done().moved == 2
    sweep_all()
    late.refresh_from_db()
    assert (late.broken_at, late.due_at, late.step) == (late.due_at, clock.set("2026-09-28T18:00"), 2)
    close_day(company, date(2026, 9, 29))
    all_done()
    late.refresh_from_db()
    assert late.due_at == late.broken_at


def test_no_deadline_moves_into_the_past_and_no_agreed_date_moves_at_all(
    cases: Cases, company: Company, clock: MovableClock
) -> None:
    clock.set("2026-10-12T09:00")
    row = SlaPolicy.objects.get(code="standard")
    save_sla(
        company.call("director"),
        content_of(row) | {"follows_calendar": True},
        effective_from=date(2026, 10, 12),
        reason="重算",
    )
    case, agreed = cases.open(**PLAIN), cases.open(**PLAIN)
    promise = Promise.objects.get(subject_id=agreed.pk, kind="case.solve")
    move_promise(company.call("director"), promise.pk, due_at=clock.now + timedelta(days=6), reason="客户同意")
    clock.set("2026-10-18T12:00")
    make_up_saturday(company)
    all_done()
    assert (owed(case)["solve"], owed(agreed)["solve"]) == ("10-19 09:00", "10-18 09:00")


def test_a_step_already_taken_is_not_taken_again(cases: Cases, company: Company, clock: MovableClock) -> None:
    follow(company)
    case = cases.open(**PLAIN)
    clock.set("2026-09-28T16:00")
    assert sweep_all() == 1
    close_day(company, date(2026, 9, 29))
    all_done()
    verify = Promise.objects.get(subject_id=case.pk, kind="case.verify")
    first = Promise.objects.get(subject_id=case.pk, kind="case.first_response")
    assert (first.step, first.next_at, sweep_all()) == (1, first.due_at, 0)
    assert verify.due_at == clock.set("2026-09-30T09:00")


def test_sla_6_a_new_version_that_moves_running_cases_moves_them_from_their_own_starts(
    cases: Cases, company: Company, clock: MovableClock
) -> None:
    case, urgent = cases.open(**PLAIN), cases.open(**(PLAIN | {"level": "urgent"}))
    row = SlaPolicy.objects.get(code="standard")
    clocks = [
        each | ({"amount": 3} if each["goal"] == "solve" and each["unit"] == "working_days" else {})
        for each in row.clocks
    ]
    clock.set("2026-09-28T11:00")
    follow(company, clocks=clocks, follows_calendar=False, moves_running=True)
    work = all_done()
    assert (work.policy, work.version, work.total, work.seen, work.left) == ("standard", 2, 2, 2, 0)
    assert (owed(case)["solve"], owed(urgent)["solve"]) == ("10-08 09:00", "09-29 09:00")
    case.refresh_from_db()
    assert case.policy_version == 2
    assert Promise.objects.get(subject_id=case.pk, kind="case.solve").policy == "standard v2"
    assert as_explained(case)


def test_a_version_with_other_goals_makes_and_lets_go_of_promises(cases: Cases, company: Company) -> None:
    case = cases.open(**PLAIN)
    clocks = [
        {"level": "*", "start": "received", "goal": "first_response", "amount": 4, "unit": "working_hours"},
        {"level": "*", "start": "received", "goal": "plan", "amount": 1, "unit": "working_days"},
    ]
    follow(company, clocks=clocks, moves_running=True)
    all_done()
    assert owed(case) == {"first_response": "09-28 14:00", "plan": "09-29 09:00"}


def test_work_of_a_version_waits_for_its_day(cases: Cases, company: Company, clock: MovableClock) -> None:
    from huiyin.cases.queries.clock_works import works_to_do

    case = cases.open(**PLAIN)
    row = SlaPolicy.objects.get(code="standard")
    content = content_of(row) | {"moves_running": True, "pauses": []}
    save_sla(company.call("director"), content, effective_from=date(2026, 10, 8), reason="十月起")
    work = ClockWork.objects.get()
    assert (works_to_do(TODAY), works_to_do(date(2026, 10, 8))) == ([], [work.pk])
    clock.set("2026-10-08T00:05")
    all_done(work)
    case.refresh_from_db()
    assert case.policy_version == 2


def test_killed_in_between_the_work_goes_on_behind_its_last_slice(cases: Cases, company: Company) -> None:
    follow(company)
    every = [cases.open(**PLAIN) for _number in range(5)]
    close_day(company, date(2026, 9, 29))
    work = ClockWork.objects.get()
    first = reckon_slice(system_call(), work.pk, size=2)
    work.refresh_from_db()
    assert (first.cases, first.moved, first.more, work.state, work.seen) == (2, 6, True, "running", 2)
    assert (work.last_id, owed(every[1])["verify"], owed(every[2])["verify"]) == (
        every[1].pk,
        "09-30 09:00",
        "09-29 09:00",
    )
    done = all_done()
    assert (done.seen, done.moved, [owed(case)["verify"] for case in every]) == (5, 15, ["09-30 09:00"] * 5)
    again = reckon_slice(system_call(), work.pk)
    assert (again.cases, again.more) == (0, False)


def test_work_that_is_stopped_keeps_what_it_did_and_does_no_more(cases: Cases, company: Company) -> None:
    follow(company)
    first, second = cases.open(**PLAIN), cases.open(**PLAIN)
    close_day(company, date(2026, 9, 29))
    work = ClockWork.objects.get()
    reckon_slice(system_call(), work.pk, size=1)
    with pytest.raises(Forbidden):
        stop_clock_work(company.call("agent"), work.pk)
    stop_clock_work(company.call("service_manager"), work.pk)
    all_done()
    assert (owed(first)["verify"], owed(second)["verify"]) == ("09-30 09:00", "09-29 09:00")
    with pytest.raises(Conflict):
        stop_clock_work(company.call("service_manager"), work.pk)
