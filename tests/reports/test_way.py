"""Reports are made ahead, handed in under their exact name, decided by another person, and late stays late."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from huiyin.foundation.calls import system_call
from huiyin.foundation.models import ActEntry
from huiyin.insights.public import period_of
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid, NotFound
from huiyin.promises.public import promises_on
from huiyin.reports.actions.decide import approve, publish, return_report
from huiyin.reports.actions.submit import submit
from huiyin.reports.kind import report_kinds
from huiyin.reports.models import ReportFile, ReportRule
from huiyin.reports.public import Report, make_due, ship
from huiyin.reports.queries.documents import document_of, file_of
from huiyin.reports.queries.reports import visible_reports
from huiyin.reports.rules.due import DueRule, is_late
from huiyin.working_time.public import calendar_of
from huiyin.working_time.rules.calendar import DayException, DayKind
from tests.conftest import Company, MovableClock
from tests.working_time.calendars import calendar as ordinary

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("kind", "day", "name", "due"),
    [
        ("weekly", date(2026, 9, 23), "9月第3周客户回访记录单", "2026-09-28T12:00:00+08:00"),
        ("weekly", date(2026, 9, 30), "9月第4周客户回访记录单", "2026-10-08T12:00:00+08:00"),
        ("weekly", date(2026, 10, 8), "10月第1周客户回访记录单", "2026-10-12T12:00:00+08:00"),
        ("monthly", date(2026, 9, 30), "9月客户回访汇总表", "2026-10-08T18:00:00+08:00"),
        ("monthly", date(2026, 12, 1), "12月客户回访汇总表", "2027-01-04T18:00:00+08:00"),
    ],
)
def test_names_and_deadlines_are_the_practices_and_a_day_off_moves_to_the_next_working_day(
    company: Company, kind: str, day: date, name: str, due: str
) -> None:
    found = report_kinds()[kind]
    period = period_of(found.period, day)
    assert (found.name(period), found.due.due(period.after, calendar_of()).at.astimezone(ZONE).isoformat()) == (
        name,
        due,
    )


def test_the_due_moment_itself_is_in_time() -> None:
    due = datetime(2026, 10, 8, 12, tzinfo=ZONE)
    assert (is_late(due, due), is_late(due, due.replace(second=1))) == (False, True)


@given(st.dates(date(2026, 9, 1), date(2026, 11, 20)), st.integers(0, 9))
def test_a_report_is_due_on_a_working_day_never_before_its_rule(after: date, days: int) -> None:
    week_off = {date(2026, 10, n): DayException(date(2026, 10, n), DayKind.HOLIDAY, "国庆节") for n in range(1, 8)}
    calendar = ordinary(exceptions=week_off)
    found, named = DueRule(days, time(12)).due(after, calendar), after + timedelta(days=days)
    due = found.at.astimezone(ZONE)
    assert (calendar.is_working_day(due.date()), due.time(), due.date() >= named) == (True, time(12), True)
    between = [named + timedelta(days=n) for n in range((due.date() - named).days)]
    assert not any(calendar.is_working_day(day) for day in between)
    assert found.steps[-1].code == "deadline"


def test_the_deadline_says_that_a_holiday_moved_it(due: Report, sign_in: Callable[[str], Client]) -> None:
    [promise] = promises_on("reports.report", due.pk)
    assert promise.due_at == due.due_at
    client = sign_in("service_manager")
    assert f'href="/promises/{promise.pk}/"' in client.get(f"/reports/{due.pk}/").content.decode()
    html = client.get(f"/promises/{promise.pk}/").content.decode()
    for words in ("按规则应于2026年10月5日", "国庆节", "顺延", "2026年10月8日"):
        assert words in html


def test_two_mondays_of_one_holiday_make_two_reports_due_together(company: Company, clock: MovableClock) -> None:
    clock.set("2026-02-09T09:00")
    make_due(system_call())
    clock.set("2026-02-16T09:00")
    make_due(system_call())
    clock.set("2026-02-25T09:00")
    make_due(system_call())
    weeks = Report.objects.filter(kind="weekly").order_by("pk")
    dues = [(one.period, one.due_at.astimezone(ZONE).isoformat()) for one in weeks]
    assert dues == [
        ("2026-W07", "2026-02-24T12:00:00+08:00"),
        ("2026-W08", "2026-02-24T12:00:00+08:00"),
        ("2026-W09", "2026-03-02T12:00:00+08:00"),
    ]


def test_reports_are_made_ahead_once_with_their_promise(company: Company) -> None:
    assert make_due(system_call()) == 2
    assert make_due(system_call()) == 0
    weekly = Report.objects.get(kind="weekly")
    assert (weekly.period, weekly.name, weekly.department) == (
        "2026-W40",
        "9月第4周客户回访记录单",
        company.departments["service"],
    )
    [promise] = promises_on("reports.report", weekly.pk)
    assert (promise.kind, promise.due_at, promise.state) == ("report.submit", weekly.due_at, "open")


def test_periods_missed_while_the_worker_rested_are_made_up_for(company: Company, clock: MovableClock) -> None:
    make_due(system_call())
    clock.set("2026-10-20T09:00")
    assert make_due(system_call()) == 3 + 1
    weeks = Report.objects.filter(kind="weekly").order_by("due_at").values_list("period", flat=True)
    assert list(weeks) == ["2026-W40", "2026-W41", "2026-W42", "2026-W43"]


def test_rules_are_data(company: Company) -> None:
    assert ship(system_call()) == 0
    ReportRule.objects.filter(kind="weekly").update(days_after=1, at=time(9))
    ReportRule.objects.filter(kind="monthly").update(is_active=False)
    make_due(system_call())
    assert [one.due_at.astimezone(ZONE).isoformat() for one in Report.objects.all()] == ["2026-10-08T09:00:00+08:00"]


def test_a_report_goes_from_draft_to_published(due: Report, company: Company, clock: MovableClock) -> None:
    submit(company.call("quality"), due.pk, name="9月第4周客户回访记录单")
    approve(company.call("service_manager"), due.pk)
    assert not visible_reports(company.actor("store_manager")).exists()
    publish(company.call("service_manager"), due.pk)
    due.refresh_from_db()
    assert (due.state, due.late, due.submitted_at, due.decided_at) == ("published", False, clock.now, clock.now)
    assert visible_reports(company.actor("store_manager")).get() == due
    kept = {one.kind: (one.state, one.broken_at) for one in promises_on("reports.report", due.pk)}
    assert kept == {"report.submit": ("kept", None), "report.decide": ("kept", None)}
    verbs = ActEntry.objects.filter(subject="reports.report", subject_id=due.pk).order_by("pk")
    assert [one.verb for one in verbs] == ["reports.make_due", "reports.submit", "reports.approve", "reports.publish"]


@pytest.mark.parametrize("name", ["9月第5周客户回访记录单", "9月第4周客户回访记录", "2026年9月第4周客户回访记录单", ""])
def test_a_wrong_name_is_refused(due: Report, company: Company, name: str) -> None:
    with pytest.raises(Invalid, match="9月第4周客户回访记录单") as refused:
        submit(company.call("quality"), due.pk, name=name)
    assert "name" in refused.value.fields
    due.refresh_from_db()
    assert (due.state, ReportFile.objects.count()) == ("draft", 0)


def test_a_report_on_a_running_week_is_refused(due: Report, company: Company, clock: MovableClock) -> None:
    clock.set("2026-10-04T23:59")
    with pytest.raises(Conflict, match="2026-10-05"):
        submit(company.call("quality"), due.pk)


def test_late_is_late_for_ever(due: Report, company: Company, clock: MovableClock) -> None:
    clock.set("2026-10-08T12:01")
    submit(company.call("quality"), due.pk)
    return_report(company.call("service_manager"), due.pk, reason="缺门店")
    submit(company.call("quality"), due.pk)
    due.refresh_from_db()
    assert due.late is True
    first = next(one for one in promises_on("reports.report", due.pk) if one.kind == "report.submit")
    assert first.broken_at == due.due_at


def test_in_time_stays_in_time_when_it_is_returned(due: Report, company: Company, clock: MovableClock) -> None:
    submit(company.call("quality"), due.pk)
    return_report(company.call("service_manager"), due.pk, reason="缺门店")
    due.refresh_from_db()
    assert (due.state, due.returned_because) == ("draft", "缺门店")
    clock.set("2026-10-06T10:00")
    submit(company.call("quality"), due.pk)
    due.refresh_from_db()
    assert (due.late, due.returned_because) == (False, "")


def test_a_return_needs_a_reason(due: Report, company: Company) -> None:
    submit(company.call("quality"), due.pk)
    with pytest.raises(Invalid, match="needs a reason"):
        return_report(company.call("service_manager"), due.pk, reason=" ")


def test_whoever_submits_does_not_approve(due: Report, company: Company) -> None:
    submit(company.call("service_manager"), due.pk)
    with pytest.raises(Conflict, match="somebody else"):
        approve(company.call("service_manager"), due.pk)
    approve(company.call("director"), due.pk)


def test_only_those_concerned_may_act(due: Report, company: Company) -> None:
    with pytest.raises(Forbidden):
        submit(company.call("agent"), due.pk)
    submit(company.call("quality"), due.pk)
    with pytest.raises(NotFound):
        approve(company.call("rnd_head"), due.pk)
    with pytest.raises(Forbidden):
        approve(company.call("quality"), due.pk)


def test_no_step_is_skipped_or_done_twice(due: Report, company: Company) -> None:
    for too_early in (approve, publish):
        with pytest.raises(Conflict):
            too_early(company.call("director"), due.pk)
    submit(company.call("quality"), due.pk)
    with pytest.raises(Conflict):
        submit(company.call("quality"), due.pk)


def test_a_changed_file_is_not_handed_out(due: Report, company: Company, clock: MovableClock) -> None:
    submit(company.call("quality"), due.pk)
    due.refresh_from_db()
    assert len(file_of(due, clock.now)) > 4_000
    ReportFile.objects.update(content=b"other")
    with pytest.raises(Conflict, match="changed after"):
        file_of(due, clock.now)


def test_numbers_are_frozen_when_submitted(due: Report, company: Company, clock: MovableClock) -> None:
    submit(company.call("quality"), due.pk)
    due.refresh_from_db()
    before, content = document_of(due, clock.now), file_of(due, clock.now)
    clock.advance(hours=1)
    assert (document_of(due, clock.now), file_of(due, clock.now)) == (before, content)
