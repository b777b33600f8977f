"""What a calendar accepts and what it refuses, with the reason."""

from __future__ import annotations

from datetime import UTC, date, time

import pytest

from huiyin.kernel.refusal import Invalid
from huiyin.working_time.rules.calendar import (
    DayException,
    DayKind,
    Interval,
    in_order,
    same_hours,
    week_in_order,
)
from tests.working_time.calendars import OFFICE, calendar, hours, national_day_2026

DAY = date(2026, 9, 29)


def test_hours_across_midnight_are_refused_with_what_to_do() -> None:
    with pytest.raises(Invalid, match="22:00–06:00 does not end after it begins"):
        Interval(time(22), time(6))
    with pytest.raises(Invalid, match="09:00–09:00"):
        Interval(time(9), time(9))


def test_an_end_at_midnight_is_the_end_of_the_day() -> None:
    assert str(Interval(time(18), time(0))) == "18:00–24:00"
    assert str(Interval(time(0), time(0))) == "00:00–24:00"


def test_a_clock_time_with_a_zone_is_refused() -> None:
    with pytest.raises(Invalid, match="without a time zone"):
        Interval(time(9, tzinfo=UTC), time(12))


def test_overlapping_hours_are_refused_and_touching_ones_are_not() -> None:
    with pytest.raises(Invalid, match="09:00–12:00 and 11:00–13:00 overlap"):
        in_order(hours("11:00-13:00", "09:00-12:00"))
    with pytest.raises(Invalid, match="18:00–24:00 and 23:00–24:00 overlap"):
        in_order(hours("18:00-00:00", "23:00-00:00"))
    assert in_order(hours("12:00-18:00", "09:00-12:00")) == hours("09:00-12:00", "12:00-18:00")


def test_a_week_has_seven_days() -> None:
    with pytest.raises(Invalid, match="seven days, 6 were given"):
        week_in_order([OFFICE] * 6)


@pytest.mark.parametrize(
    ("kind", "intervals", "why"),
    [
        (DayKind.ORDINARY, (), "not an exception"),
        (DayKind.HOLIDAY, OFFICE, "no working hours"),
        (DayKind.CLOSURE, OFFICE, "no working hours"),
        (DayKind.SPECIAL, (), "needs its hours"),
    ],
)
def test_an_exceptional_day_must_make_sense(kind: DayKind, intervals: tuple[Interval, ...], why: str) -> None:
    with pytest.raises(Invalid, match=why):
        DayException(DAY, kind, "x", intervals)


def test_a_make_up_saturday_is_open_and_a_holiday_is_not() -> None:
    mine = calendar(exceptions=national_day_2026())
    assert mine.is_working_day(date(2026, 10, 10))
    assert mine.intervals_on(date(2026, 10, 10)) == OFFICE
    assert mine.kind_of(date(2026, 10, 10)) is DayKind.MAKE_UP
    assert not mine.is_working_day(date(2026, 10, 1))
    assert not mine.is_working_day(date(2026, 10, 11))
    assert mine.is_working_day(date(2026, 10, 12))


def test_a_make_up_day_in_a_short_saturday_week_has_full_hours() -> None:
    week = [*same_hours(OFFICE)[:5], hours("09:00-12:00"), ()]
    mine = calendar(week=week, exceptions=national_day_2026())
    assert mine.intervals_on(date(2026, 10, 10)) == OFFICE
    assert mine.intervals_on(date(2026, 10, 17)) == hours("09:00-12:00")


def test_a_calendar_cannot_be_changed_afterwards() -> None:
    mine = calendar(exceptions=national_day_2026())
    with pytest.raises(TypeError):
        mine.exceptions[DAY] = None
