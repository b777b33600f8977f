"""Arrays of moments and compiled pauses give the answers of the plain rules, whatever the calendar."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from huiyin.working_time.rules.arithmetic import deadline, deadline_with_pauses
from huiyin.working_time.rules.arrays import CalendarArrays, as_ticks
from huiyin.working_time.rules.bulk import CompiledCalendar, from_ticks
from huiyin.working_time.rules.pauses import Pause
from huiyin.working_time.rules.span import Span, Unit
from tests.working_time.test_properties import CALENDARS, names, spans, starts

stretches = st.lists(
    st.tuples(st.timedeltas(timedelta(days=-2), timedelta(days=9)), st.timedeltas(timedelta(0), timedelta(days=4))),
    max_size=4,
)
working_hours = st.one_of(st.integers(0, 60), st.floats(0.01, 60)).map(lambda n: Span(n, Unit.WORKING_HOURS))


@cache
def reckoned_through(name: str) -> CompiledCalendar:
    return CompiledCalendar(CALENDARS[name], date(2009, 1, 1), date(2025, 12, 31))


@cache
def arrays(name: str) -> CalendarArrays:
    return CalendarArrays(reckoned_through(name))


@given(names, st.lists(starts, min_size=1, max_size=8), spans)
def test_a_deadline_from_arrays_is_that_of_the_rules(name: str, several: list[datetime], span: Span) -> None:
    found = [from_ticks(int(each)) for each in arrays(name).deadlines(as_ticks(several), span)]
    assert found == [deadline(CALENDARS[name], start, span).at for start in several]


@given(names, starts, st.one_of(working_hours, spans), stretches)
def test_a_deadline_with_pauses_is_that_of_the_rules(
    name: str, start: datetime, span: Span, parts: list[tuple[timedelta, timedelta]]
) -> None:
    pauses = [Pause(start + after, start + after + length) for after, length in parts]
    expected = deadline_with_pauses(CALENDARS[name], start, span, pauses).at
    assert reckoned_through(name).deadline_with_pauses(start, span, pauses) == expected
