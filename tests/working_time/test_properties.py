"""What must hold for every moment from 2007 to 2026, every span and every pause."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.working_time.rules.arithmetic import (
    add_working_days,
    add_working_time,
    deadline,
    deadline_with_pauses,
    subtract_working_time,
    working_days_between,
    working_time_between,
)
from huiyin.working_time.rules.bulk import CompiledCalendar
from huiyin.working_time.rules.calendar import DayException, DayKind, Interval, WorkingCalendar, same_hours
from huiyin.working_time.rules.pauses import Pause
from huiyin.working_time.rules.span import Span, Unit
from huiyin.working_time.rules.windows import windows_from
from huiyin.working_time.statutory import Statutory
from tests.working_time.calendars import OFFICE, calendar, hours

STATUTORY = {found.day: found for found in Statutory(2007, 2027).exceptions()}
CALENDARS = {
    "standard": calendar(exceptions=STATUTORY),
    "seven days": calendar(week=same_hours(hours("00:00-02:30", "08:00-12:00", "12:00-00:00"), days=7)),
    "always": calendar(week=same_hours(hours("00:00-00:00"), days=7), exceptions=STATUTORY),
    "berlin nights": calendar(zone=ZoneInfo("Europe/Berlin"), week=same_hours(hours("00:30-02:30", "02:45-07:15"), 7)),
    "one hour a week": calendar(week=same_hours(hours("23:00-00:00"), days=1), exceptions=STATUTORY),
}
names = st.sampled_from(sorted(CALENDARS))
moments = st.datetimes(datetime(2007, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
edges = st.builds(
    lambda day, hour, minute: datetime(2007, 1, 1, hour, minute, tzinfo=UTC) + timedelta(days=day),
    st.integers(0, 7300),
    st.integers(0, 23),
    st.sampled_from([0, 15, 30, 45]),
)
starts = st.one_of(edges, moments)
amounts = st.one_of(
    st.just(timedelta(0)),
    st.integers(0, 60).map(lambda quarters: timedelta(minutes=15 * quarters)),
    st.timedeltas(timedelta(0), timedelta(days=3)),
)
spans = st.one_of(
    st.integers(0, 60).map(lambda n: Span(n, Unit.WORKING_HOURS)),
    st.integers(0, 15).map(lambda n: Span(n, Unit.WORKING_DAYS)),
    st.integers(0, 100).map(lambda n: Span(n, Unit.HOURS)),
    st.integers(0, 15).map(lambda n: Span(n, Unit.DAYS)),
)
ONE_MICROSECOND = timedelta.resolution


def in_working_time(mine: WorkingCalendar, at: datetime) -> bool:
    """Inside an interval, or on its end."""
    return next(windows_from(mine, at)).opens == at


@given(names, starts, amounts, amounts)
def test_working_time_is_additive(name: str, start: datetime, first: timedelta, second: timedelta) -> None:
    mine = CALENDARS[name]
    between = add_working_time(mine, start, first).at
    assert add_working_time(mine, between, second).at == add_working_time(mine, start, first + second).at


@given(names, starts, spans)
def test_a_deadline_in_working_units_lies_in_working_time(name: str, start: datetime, span: Span) -> None:
    found = deadline(CALENDARS[name], start, span).at
    assert found >= start
    if span.unit in {Unit.WORKING_HOURS, Unit.WORKING_DAYS}:
        assert in_working_time(CALENDARS[name], found)


@given(names, starts, amounts)
def test_what_was_added_is_what_lies_between(name: str, start: datetime, amount: timedelta) -> None:
    found = add_working_time(CALENDARS[name], start, amount).at
    assert working_time_between(CALENDARS[name], start, found) == amount
    assert working_time_between(CALENDARS[name], found, start) == -amount


@given(names, starts, amounts)
def test_a_deadline_is_the_earliest_such_moment(name: str, start: datetime, amount: timedelta) -> None:
    found = add_working_time(CALENDARS[name], start, amount).at
    if amount:
        assert working_time_between(CALENDARS[name], start, found - ONE_MICROSECOND) == amount - ONE_MICROSECOND


@given(names, starts, starts, starts)
def test_working_time_between_adds_up(name: str, a: datetime, b: datetime, c: datetime) -> None:
    mine = CALENDARS[name]
    a, b = (at.replace(year=c.year, day=1) for at in (a, b))
    assert working_time_between(mine, a, b) + working_time_between(mine, b, c) == working_time_between(mine, a, c)


@given(names, starts, amounts)
def test_subtracting_undoes_adding(name: str, start: datetime, amount: timedelta) -> None:
    mine = CALENDARS[name]
    end = add_working_time(mine, start, amount).at
    back = subtract_working_time(mine, end, amount).at
    assert working_time_between(mine, back, end) == amount
    assert back >= start
    assert working_time_between(mine, start, back) == timedelta(0)
    if amount:
        assert add_working_time(mine, back, amount).at == end


@given(names, starts, amounts, amounts)
def test_more_work_never_ends_earlier(name: str, start: datetime, first: timedelta, more: timedelta) -> None:
    mine = CALENDARS[name]
    assert add_working_time(mine, start, first).at <= add_working_time(mine, start, first + more).at


@given(starts, starts.map(lambda at: at), spans)
def test_a_later_start_never_ends_earlier(one: datetime, other: datetime, span: Span) -> None:
    mine = CALENDARS["standard"]
    first, later = sorted([one, other])
    if span.unit is Unit.WORKING_DAYS:
        first, later = (at.replace(hour=2, minute=0, second=0, microsecond=0) for at in (first, later))
    assert deadline(mine, first, span).at <= deadline(mine, later, span).at


@given(starts, spans, st.sets(st.integers(0, 40), max_size=8))
def test_closing_days_never_makes_a_deadline_sooner(start: datetime, span: Span, offsets: set[int]) -> None:
    mine = CALENDARS["standard"]
    closed = [start.date() + timedelta(days=offset) for offset in offsets]
    closures = {day: DayException(day, DayKind.CLOSURE, "closed") for day in closed}
    fewer = calendar(exceptions=STATUTORY | closures)
    assert deadline(fewer, start, span).at >= deadline(mine, start, span).at


@st.composite
def pauses_after(draw: st.DrawFn, start: datetime) -> list[Pause]:
    """A few pauses around and after a start, perhaps overlapping."""
    found = []
    for _ in range(draw(st.integers(0, 4))):
        begin = start + timedelta(minutes=15 * draw(st.integers(-50, 1500)))
        found.append(Pause(begin, begin + timedelta(minutes=15 * draw(st.integers(0, 400)))))
    return found


@given(st.data(), names, starts, spans)
def test_more_pause_never_makes_a_deadline_earlier(data: st.DataObject, name: str, start: datetime, span: Span) -> None:
    mine = CALENDARS[name]
    some, more = data.draw(pauses_after(start)), data.draw(pauses_after(start))
    none = deadline(mine, start, span).at
    with_some = deadline_with_pauses(mine, start, span, some).at
    with_more = deadline_with_pauses(mine, start, span, [*some, *more]).at
    assert none <= with_some <= with_more


@given(st.data(), names, starts, st.integers(0, 60))
def test_working_hours_with_pauses_count_exactly_the_running_time(
    data: st.DataObject, name: str, start: datetime, amount: int
) -> None:
    mine, pauses = CALENDARS[name], data.draw(pauses_after(start))
    found = deadline_with_pauses(mine, start, Span(amount, Unit.WORKING_HOURS), pauses)
    ran = working_time_between(mine, start, found.at)
    marks = sorted({start, found.at, *(m for p in pauses for m in (p.start, p.end) if start < m < found.at)})
    stood = sum(
        (
            working_time_between(mine, a, b)
            for a, b in pairwise(marks)
            if any(p.start <= a and b <= p.end for p in pauses)
        ),
        timedelta(0),
    )
    assert ran - stood == timedelta(hours=amount)


@given(names, starts, spans)
def test_the_steps_of_a_deadline_add_up_to_the_span(name: str, start: datetime, span: Span) -> None:
    found = deadline(CALENDARS[name], start, span)
    counted = sum((step.counted for step in found.steps), timedelta(0))
    if span.unit in {Unit.WORKING_HOURS, Unit.HOURS}:
        assert counted == span.length
    assert found.steps[0].code == "calendar"
    assert [step.code for step in found.steps][-1] == "deadline"
    assert all(str(message) for message in found.messages())


@given(names, starts, st.integers(1, 15))
def test_working_days_are_counted_back_by_working_days_between(name: str, start: datetime, days: int) -> None:
    mine = CALENDARS[name]
    found = add_working_days(mine, start, days).at
    counted = working_days_between(mine, start, found)
    local = start.astimezone(mine.zone)
    fits = any(i.start <= local.time() and (i.end == time(0) or local.time() <= i.end) for i in mine.week[0])
    assert counted == days if fits and name == "standard" else counted >= days


@cache
def compiled(name: str) -> CompiledCalendar:
    return CompiledCalendar(CALENDARS[name], date(2009, 1, 1), date(2025, 6, 1))


@settings(max_examples=400)
@given(names, starts, amounts)
def test_bulk_adds_like_the_plain_rules_also_beyond_its_days(name: str, start: datetime, amount: timedelta) -> None:
    assert compiled(name).add_working_time(start, amount) == add_working_time(CALENDARS[name], start, amount).at


@settings(max_examples=400)
@given(names, starts, starts)
def test_bulk_measures_like_the_plain_rules(name: str, start: datetime, end: datetime) -> None:
    end = end.replace(year=start.year, day=1)
    mine = CALENDARS[name]
    assert compiled(name).lengths([(start, end)]) == [working_time_between(mine, start, end)]
    assert compiled(name).working_days_between(start, end) == working_days_between(mine, start, end)


@settings(max_examples=400)
@given(names, starts, spans)
def test_bulk_finds_the_same_deadlines(name: str, start: datetime, span: Span) -> None:
    assert compiled(name).deadlines([start], span) == [deadline(CALENDARS[name], start, span).at]


def test_bulk_refuses_what_the_plain_rules_refuse() -> None:
    with pytest.raises(Exception, match="no time zone"):
        compiled("standard").add_working_time(datetime(2020, 1, 1), timedelta(0))  # noqa: DTZ001
    with pytest.raises(Exception, match="zero or more"):
        compiled("standard").add_working_time(datetime(2020, 1, 1, tzinfo=UTC), timedelta(hours=-1))


def test_the_two_ways_of_writing_office_hours_are_one() -> None:
    assert CALENDARS["standard"].week[0] == OFFICE == (Interval(time(9), time(12)), Interval(time(13), time(18)))
