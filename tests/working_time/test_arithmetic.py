"""Working time by table: what the shipped calendar promises, to the minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from huiyin.kernel.refusal import Invalid, Refused
from huiyin.working_time.rules.arithmetic import (
    add_working_days,
    add_working_time,
    deadline,
    subtract_working_days,
    subtract_working_time,
    working_days_between,
    working_time_between,
)
from huiyin.working_time.rules.calendar import DayException, DayKind, WeekChange, same_hours
from huiyin.working_time.rules.span import Span, Unit
from huiyin.working_time.rules.windows import is_open, next_open
from tests.working_time.calendars import OFFICE, calendar, hours, national_day_2026, sh

OFFICE_CALENDAR = calendar(exceptions=national_day_2026())


@pytest.mark.parametrize(
    ("start", "amount", "end"),
    [
        ("2026-09-28T09:00", 1, "2026-09-28T10:00"),
        ("2026-09-28T09:00", 3, "2026-09-28T12:00"),  # the end of an interval is that end
        ("2026-09-28T09:00", 3.5, "2026-09-28T13:30"),  # over lunch
        ("2026-09-28T09:00", 8, "2026-09-28T18:00"),
        ("2026-09-28T09:00", 9, "2026-09-29T10:00"),
        ("2026-09-28T12:30", 1, "2026-09-28T14:00"),  # starts in the lunch break
        ("2026-09-28T20:00", 1, "2026-09-29T10:00"),  # starts after work
        ("2026-09-27T15:00", 2, "2026-09-28T11:00"),  # starts on a Sunday
        ("2026-09-30T16:00", 4, "2026-10-08T11:00"),  # over National Day
        ("2026-10-09T17:00", 2, "2026-10-10T10:00"),  # into a make-up Saturday
        ("2026-09-19T10:00", 8, "2026-09-20T18:00"),  # a make-up Sunday
        ("2026-09-28T12:00", 0, "2026-09-28T12:00"),
        ("2026-09-28T12:01", 0, "2026-09-28T13:00"),
        ("2026-09-28T18:00", 0, "2026-09-28T18:00"),
        ("2026-09-26T11:00", 0, "2026-09-28T09:00"),
    ],
)
def test_working_hours_count_only_time_inside_the_intervals(start: str, amount: float, end: str) -> None:
    found = add_working_time(OFFICE_CALENDAR, sh(start), timedelta(hours=amount))
    assert found.at == sh(end)
    assert found.at.tzinfo is UTC
    assert deadline(OFFICE_CALENDAR, sh(start), Span(amount, Unit.WORKING_HOURS)).at == sh(end)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-09-28T10:30", 1, "2026-09-29T10:30"),
        ("2026-09-28T10:30", 3, "2026-10-08T10:30"),  # 29, 30, then after the holidays
        ("2026-09-30T16:00", 3, "2026-10-10T16:00"),  # the third is a make-up Saturday
        ("2026-09-26T10:00", 1, "2026-09-28T10:00"),  # a start on a day off counts from that day
        ("2026-09-28T12:30", 1, "2026-09-29T13:00"),  # a clock time at lunch moves forward
        ("2026-09-28T07:00", 1, "2026-09-29T09:00"),
        ("2026-09-28T18:00", 1, "2026-09-29T18:00"),  # the end of the day is that end
        ("2026-09-28T20:00", 1, "2026-09-30T09:00"),  # after work: the next opening
        ("2026-09-29T20:00", 1, "2026-10-08T09:00"),
        ("2026-09-28T10:00", 0, "2026-09-28T10:00"),
        ("2026-09-26T10:00", 0, "2026-09-28T09:00"),
    ],
)
def test_working_days_keep_the_clock_time_and_do_not_count_the_start_day(start: str, days: int, end: str) -> None:
    assert add_working_days(OFFICE_CALENDAR, sh(start), days).at == sh(end)
    assert deadline(OFFICE_CALENDAR, sh(start), Span(days, Unit.WORKING_DAYS)).at == sh(end)


def test_hours_and_days_run_round_the_clock() -> None:
    start = sh("2026-09-30T16:00")
    assert deadline(OFFICE_CALENDAR, start, Span(24, Unit.HOURS)).at == sh("2026-10-01T16:00")
    assert deadline(OFFICE_CALENDAR, start, Span(2, Unit.DAYS)).at == sh("2026-10-02T16:00")
    assert deadline(OFFICE_CALENDAR, start, Span(0, Unit.DAYS)).at == start


@pytest.mark.parametrize(
    ("end", "amount", "start"),
    [
        ("2026-09-28T10:00", 1, "2026-09-28T09:00"),
        ("2026-09-28T14:00", 1, "2026-09-28T13:00"),  # the beginning of an interval is that beginning
        ("2026-09-28T14:00", 2, "2026-09-28T11:00"),
        ("2026-10-08T11:00", 4, "2026-09-30T16:00"),
        ("2026-09-28T12:30", 0, "2026-09-28T12:00"),
        ("2026-09-27T12:00", 1, "2026-09-25T17:00"),
    ],
)
def test_counting_back_gives_the_latest_start(end: str, amount: float, start: str) -> None:
    assert subtract_working_time(OFFICE_CALENDAR, sh(end), timedelta(hours=amount)).at == sh(start)


@pytest.mark.parametrize(
    ("end", "days", "start"),
    [
        ("2026-10-12T11:00", 4, "2026-09-30T11:00"),
        ("2026-09-29T12:30", 1, "2026-09-28T12:00"),
        ("2026-09-29T08:00", 1, "2026-09-25T18:00"),
        ("2026-09-27T10:00", 0, "2026-09-25T18:00"),
    ],
)
def test_working_days_count_back_too(end: str, days: int, start: str) -> None:
    assert subtract_working_days(OFFICE_CALENDAR, sh(end), days).at == sh(start)


@pytest.mark.parametrize(
    ("start", "end", "worked"),
    [
        ("2026-09-28T09:00", "2026-09-28T18:00", timedelta(hours=8)),
        ("2026-09-28T12:00", "2026-09-28T13:00", timedelta(0)),
        ("2026-09-30T16:00", "2026-10-08T11:00", timedelta(hours=4)),
        ("2026-10-10T00:00", "2026-10-11T00:00", timedelta(hours=8)),
        ("2026-09-28T11:59:59.999999", "2026-09-28T13:00:00.000001", timedelta(microseconds=2)),
        ("2026-09-28T10:00", "2026-09-28T09:30", timedelta(minutes=-30)),
        ("2025-01-01T00:00", "2026-01-01T00:00", timedelta(hours=8 * 261)),
    ],
)
def test_working_time_between_is_exact(start: str, end: str, worked: timedelta) -> None:
    assert working_time_between(OFFICE_CALENDAR, sh(start), sh(end)) == worked


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-09-28T09:00", "2026-09-28T18:00", 0),
        ("2026-09-30T23:59", "2026-10-08T00:01", 1),
        ("2026-10-08T00:01", "2026-09-30T23:59", -1),
        ("2026-09-30T16:00", "2026-10-10T16:00", 3),
        ("2026-09-26T10:00", "2026-09-27T10:00", 0),
    ],
)
def test_working_days_between_do_not_count_the_first_day(start: str, end: str, days: int) -> None:
    assert working_days_between(OFFICE_CALENDAR, sh(start), sh(end)) == days


def test_next_open_is_now_while_work_is_done_and_the_next_opening_otherwise() -> None:
    assert next_open(OFFICE_CALENDAR, sh("2026-09-28T11:59")) == sh("2026-09-28T11:59")
    assert next_open(OFFICE_CALENDAR, sh("2026-09-28T12:00")) == sh("2026-09-28T13:00")
    assert next_open(OFFICE_CALENDAR, sh("2026-09-30T18:00")) == sh("2026-10-08T09:00")
    assert is_open(OFFICE_CALENDAR, sh("2026-09-28T09:00"))
    assert not is_open(OFFICE_CALENDAR, sh("2026-09-28T18:00"))


def test_closures_and_special_hours_take_the_place_of_the_week() -> None:
    closed = DayException(date(2026, 9, 29), DayKind.CLOSURE, "Typhoon")
    short = DayException(date(2026, 9, 30), DayKind.SPECIAL, "Stocktaking", hours("09:00-11:00"))
    mine = calendar(exceptions={closed.day: closed, short.day: short})
    assert add_working_time(mine, sh("2026-09-28T17:00"), timedelta(hours=3)).at == sh("2026-09-30T11:00")
    assert add_working_days(mine, sh("2026-09-28T17:00"), 1).at == sh("2026-10-01T09:00")


def test_a_make_up_day_may_have_hours_of_its_own() -> None:
    made_up = DayException(date(2026, 10, 10), DayKind.MAKE_UP, "National Day", hours("09:00-12:00"))
    mine = calendar(exceptions={made_up.day: made_up})
    assert working_time_between(mine, sh("2026-10-10T00:00"), sh("2026-10-11T00:00")) == timedelta(hours=3)


def test_hours_that_change_on_a_day_are_exact_across_the_change() -> None:
    winter = WeekChange(date(2026, 9, 29), same_hours(hours("10:00-16:00")))
    mine = calendar(changes=(winter,))
    assert add_working_time(mine, sh("2026-09-28T17:00"), timedelta(hours=2)).at == sh("2026-09-29T11:00")
    assert working_time_between(mine, sh("2026-09-28T00:00"), sh("2026-09-30T00:00")) == timedelta(hours=14)


def test_a_desk_that_never_closes_counts_every_minute() -> None:
    always = calendar(week=same_hours(hours("00:00-00:00"), days=7))
    assert add_working_time(always, sh("2026-09-28T20:15"), timedelta(hours=24)).at == sh("2026-09-29T20:15")
    assert add_working_time(always, sh("2026-09-28T20:00"), timedelta(hours=4)).at == sh("2026-09-29T00:00")
    assert subtract_working_time(always, sh("2026-09-29T00:00"), timedelta(0)).at == sh("2026-09-29T00:00")
    assert next_open(always, sh("2026-09-29T00:00")) == sh("2026-09-29T00:00")


def test_summer_time_shortens_and_lengthens_a_working_day() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    mine = calendar(zone=berlin, week=same_hours(hours("00:00-06:00"), days=7))
    spring, autumn = datetime(2026, 3, 29, tzinfo=berlin), datetime(2026, 10, 25, tzinfo=berlin)
    assert working_time_between(mine, spring, spring + timedelta(days=1)) == timedelta(hours=5)
    assert working_time_between(mine, autumn, autumn + timedelta(days=1)) == timedelta(hours=7)
    assert add_working_time(mine, spring, timedelta(hours=2)).at == datetime(2026, 3, 29, 1, tzinfo=UTC)


def test_hours_that_begin_in_the_skipped_hour_begin_with_the_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    mine = calendar(zone=berlin, week=same_hours(hours("01:00-02:30", "02:30-05:00"), days=7))
    opens = datetime(2026, 3, 29, 0, 0, tzinfo=UTC)
    assert working_time_between(mine, opens, opens + timedelta(hours=3)) == timedelta(hours=3)
    assert working_time_between(mine, opens - timedelta(hours=1), opens + timedelta(hours=4)) == timedelta(hours=3)


def test_days_across_summer_time_keep_the_clock_time() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    mine = calendar(zone=berlin, week=same_hours(OFFICE, days=7))
    start = datetime(2026, 3, 28, 10, 30, tzinfo=berlin)
    assert add_working_days(mine, start, 1).at == datetime(2026, 3, 29, 8, 30, tzinfo=UTC)
    assert deadline(mine, start, Span(1, Unit.DAYS)).at == datetime(2026, 3, 29, 8, 30, tzinfo=UTC)
    assert deadline(mine, start, Span(24, Unit.HOURS)).at == datetime(2026, 3, 29, 9, 30, tzinfo=UTC)


def test_a_moment_without_time_zone_is_refused() -> None:
    naive = datetime(2026, 9, 28, 9)  # noqa: DTZ001
    for ask in (
        lambda: add_working_time(OFFICE_CALENDAR, naive, timedelta(hours=1)),
        lambda: add_working_days(OFFICE_CALENDAR, naive, 1),
        lambda: working_time_between(OFFICE_CALENDAR, naive, sh("2026-09-28T09:00")),
        lambda: next_open(OFFICE_CALENDAR, naive),
    ):
        with pytest.raises(Invalid, match="no time zone"):
            ask()


def test_a_year_nobody_means_is_refused() -> None:
    with pytest.raises(Invalid, match="between 1900 and 2200"):
        next_open(OFFICE_CALENDAR, datetime(9999, 12, 31, tzinfo=UTC))


def test_a_calendar_without_hours_is_refused_and_does_not_search_for_ever() -> None:
    empty = calendar(week=((),) * 7)
    for ask in (
        lambda: add_working_time(empty, sh("2026-09-28T09:00"), timedelta(hours=1)),
        lambda: add_working_days(empty, sh("2026-09-28T09:00"), 1),
        lambda: subtract_working_time(empty, sh("2026-09-28T09:00"), timedelta(0)),
        lambda: next_open(empty, sh("2026-09-28T09:00")),
    ):
        with pytest.raises(Refused, match="no working time for 400 days"):
            ask()
    assert working_time_between(empty, sh("2026-01-01T00:00"), sh("2026-12-31T00:00")) == timedelta(0)


@pytest.mark.parametrize(
    ("amount", "unit", "why"),
    [
        (-1, Unit.HOURS, "zero or more"),
        (float("nan"), Unit.HOURS, "zero or more"),
        (1.5, Unit.WORKING_DAYS, "whole"),
        (3661, Unit.DAYS, "ten years"),
        (float("inf"), Unit.WORKING_HOURS, "zero or more"),
    ],
)
def test_a_span_that_makes_no_sense_is_refused(amount: float, unit: Unit, why: str) -> None:
    with pytest.raises(Invalid, match=why):
        Span(amount, unit)


def test_a_fraction_of_an_hour_is_exact() -> None:
    assert Span(Decimal("0.1"), Unit.WORKING_HOURS).length == timedelta(minutes=6)
    assert Span(Decimal("1.25"), Unit.HOURS).length == timedelta(minutes=75)


def test_negative_working_time_is_refused() -> None:
    with pytest.raises(Invalid, match="zero or more"):
        add_working_time(OFFICE_CALENDAR, sh("2026-09-28T09:00"), timedelta(hours=-1))
    with pytest.raises(Invalid, match="zero or more"):
        subtract_working_days(OFFICE_CALENDAR, sh("2026-09-28T09:00"), -1)
