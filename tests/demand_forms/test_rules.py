"""When months are due, how units stand, what a form must say, which visit a wish joins (VIS-9)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.demand_forms.rules.checking import Bounds, Group, Wanted, faults_of, plain_questions
from huiyin.demand_forms.rules.joining import OpenVisit, to_join
from huiyin.demand_forms.rules.month import MonthlyNumbers, Standing, days_of_work, months_to_open, standing
from huiyin.demand_forms.rules.states import WishState, after_visit, all_ended
from huiyin.demand_forms.rules.units import UnitKey, unit_from
from huiyin.working_time.rules.calendar import DayException, DayKind, Interval, WorkingCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY = (Interval(time(9), time(12)), Interval(time(13), time(18)))
OFF = [date(2026, 10, day) for day in range(1, 8)]
CALENDAR = WorkingCalendar(
    code="standard",
    version=1,
    zone=SHANGHAI,
    week=(DAY,) * 5 + ((), ()),
    exceptions={
        **{day: DayException(day, DayKind.HOLIDAY, "国庆节") for day in OFF},
        date(2026, 10, 10): DayException(date(2026, 10, 10), DayKind.MAKE_UP, "国庆节调休"),
    },
)


def local(moment: datetime) -> str:
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("month", "working_day", "due"),
    [
        (date(2026, 9, 1), 5, "2026-09-07 18:00"),
        (date(2026, 9, 1), 1, "2026-09-01 18:00"),
        (date(2026, 10, 1), 1, "2026-10-08 18:00"),  # after the holiday
        (date(2026, 10, 1), 3, "2026-10-10 18:00"),  # a make-up Saturday is a working day
        (date(2026, 10, 1), 5, "2026-10-13 18:00"),
        (date(2026, 10, 1), 20, "2026-10-30 18:00"),  # fewer working days than asked for: the last one
    ],
)
def test_a_month_is_due_on_a_working_day_of_it(month: date, working_day: int, due: str) -> None:
    assert local(MonthlyNumbers(working_day=working_day).due(month, CALENDAR).at) == due


def test_the_deadline_of_a_month_explains_its_days() -> None:
    found = MonthlyNumbers().due(date(2026, 10, 1), CALENDAR)
    codes = [step.code for step in found.steps]
    assert codes[0] == "calendar"
    assert codes[-2:] == ["by_rule", "deadline"]
    assert [code for code in codes if code.startswith("holiday")] == ["holidays"]
    assert "working_day_make_up" in codes


@settings(deadline=None)
@given(month=st.sampled_from([date(2026 + n // 12, n % 12 + 1, 1) for n in range(24)]), count=st.integers(1, 20))
def test_a_month_is_never_due_outside_it_and_never_on_a_day_off(month: date, count: int) -> None:
    days = days_of_work(month, CALENDAR, count)
    assert all(CALENDAR.is_working_day(day) and (day.year, day.month) == (month.year, month.month) for day in days)
    assert days == sorted(set(days))
    assert len(days) <= count


@settings(deadline=None)
@given(first=st.integers(1, 19))
def test_a_later_working_day_is_never_due_sooner(first: int) -> None:
    sooner, later = (MonthlyNumbers(working_day=n).due(date(2026, 9, 1), CALENDAR).at for n in (first, first + 1))
    assert sooner < later


DUE = datetime(2026, 9, 7, 10, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("kept", "now", "nothing", "stands"),
    [
        (None, 0, False, Standing.OPEN),
        (None, 1, False, Standing.MISSING),
        (0, 5, False, Standing.HANDED_IN),
        (-3, 5, True, Standing.NOTHING),
        (1, 5, False, Standing.LATE),
        (1, 5, True, Standing.LATE),
    ],
)
def test_how_a_unit_stands_with_a_month(kept: int | None, now: int, nothing: bool, stands: Standing) -> None:
    hour = timedelta(hours=1)
    kept_at = None if kept is None else DUE + kept * hour
    assert standing(DUE, kept_at, DUE + now * hour, nothing=nothing) is stands


def test_months_missed_are_made_up_for_and_the_first_one_is_fair() -> None:
    on = {"due_now": DUE, "most": 24}
    before, after = DUE - timedelta(days=1), DUE + timedelta(days=1)
    assert months_to_open(None, date(2026, 9, 6), now=before, **on) == [date(2026, 9, 1)]
    assert months_to_open(None, date(2026, 9, 8), now=after, **on) == []
    assert months_to_open(date(2026, 9, 1), date(2026, 9, 8), now=after, **on) == []
    made_up = months_to_open(date(2025, 11, 1), date(2026, 2, 3), now=after, **on)
    assert made_up == [date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1)]
    assert len(months_to_open(date(2000, 1, 1), date(2026, 2, 3), now=after, **on)) == 24


BOUNDS = Bounds(questions=3, customers=5, ways=("phone", "face"), kinds=("demand",))
TODAY = date(2026, 9, 15)
GOOD: dict[str, Any] = {
    "title": "安装",
    "wanted_by": date(2026, 9, 30),
    "questions": ("准时吗？",),
    "customers": (1,),
    "kind": "demand",
}
MAY = Group(date(2026, 5, 1), date(2026, 5, 31), "HW-80P", most=5)


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({}, []),
        ({"questions": (), "goal": "了解退货原因"}, []),
        ({"customers": (), "group": MAY}, []),
        ({"title": " "}, ["title"]),
        ({"questions": ()}, ["questions"]),
        ({"questions": ("一", "二", "三", "四")}, ["questions"]),
        ({"questions": ("长" * 201,)}, ["questions"]),
        ({"wanted_by": date(2026, 9, 14)}, ["wanted_by"]),
        ({"wanted_by": date(2027, 9, 17)}, ["wanted_by"]),
        ({"ways": ("pigeon",)}, ["ways"]),
        ({"kind": "regular"}, ["kind"]),
        ({"customers": ()}, ["customers"]),
        ({"customers": (1, 2, 3, 4, 5, 6)}, ["customers"]),
        ({"customers": (1, 1, 1, 1, 1, 1)}, []),
        ({"group": Group(date(2026, 5, 31), date(2026, 5, 1))}, ["group"]),
        ({"group": Group(date(2025, 5, 1), date(2026, 5, 31))}, ["group"]),
        ({"group": Group(date(1, 1, 1), date(1, 1, 2))}, ["group"]),
        ({"group": Group(date(9999, 12, 1), date(9999, 12, 31))}, ["group"]),
        ({"group": Group(date(2026, 5, 1), date(2026, 5, 31), most=6)}, ["group"]),
        ({"group": Group(date(2026, 5, 1), date(2026, 5, 31), most=0)}, ["group"]),
        ({"group": Group(date(2026, 5, 1), date(2026, 5, 31), amount_from=Decimal(3000), most=1)}, []),
    ],
)
def test_a_form_says_whom_what_and_by_when(change: dict[str, Any], fields: list[str]) -> None:
    assert sorted(faults_of(Wanted(**{**GOOD, **change}), BOUNDS, TODAY)) == fields


def test_empty_and_repeated_questions_are_left_out() -> None:
    assert plain_questions([" 准时吗？", "", "准时吗？ ", "贵吗？"]) == ("准时吗？", "贵吗？")


GAP = timedelta(days=7)
VISITS = st.builds(
    OpenVisit,
    id=st.integers(1, 50),
    at=st.integers(-200, 600).map(lambda hours: DUE + timedelta(hours=hours)),
    sure=st.booleans(),
    begun=st.booleans(),
    may_merge=st.booleans(),
)


@settings(deadline=None)
@given(visits=st.lists(VISITS, max_size=6, unique_by=lambda visit: visit.id))
def test_a_wish_joins_only_a_sure_visit_that_has_not_begun_and_comes_in_time(visits: list[OpenVisit]) -> None:
    fit, best = to_join(visits, DUE, GAP)
    by_id = {visit.id: visit for visit in visits}
    assert all(by_id[pk].sure and by_id[pk].may_merge and not by_id[pk].begun for pk in fit)
    assert all(by_id[pk].at <= DUE + GAP for pk in fit)
    assert [by_id[pk].at for pk in fit] == sorted(by_id[pk].at for pk in fit)
    in_time = [pk for pk in fit if by_id[pk].at <= DUE]
    assert best == (in_time[0] if in_time else None)


def test_a_visit_after_the_wanted_day_is_offered_but_not_chosen() -> None:
    late = OpenVisit(7, DUE + timedelta(days=2))
    assert to_join([late], DUE, GAP) == ([7], None)
    assert to_join([OpenVisit(7, DUE + timedelta(days=8))], DUE, GAP) == ([], None)


def test_what_a_wish_becomes_when_its_visit_ends() -> None:
    assert after_visit(done=True, joined=False, said=False) is WishState.ANSWERED
    assert after_visit(done=True, joined=True, said=False) is WishState.UNANSWERED
    assert after_visit(done=True, joined=True, said=True) is WishState.ANSWERED
    assert after_visit(done=False, joined=False, said=False) is WishState.UNANSWERED
    assert after_visit(done=False, joined=True, said=True) is WishState.ANSWERED
    assert all_ended(["answered", "unanswered", "dropped"])
    assert not all_ended(["answered", "asked"])


def test_a_unit_is_one_department_or_one_store() -> None:
    assert unit_from("d7") == UnitKey(department=7)
    assert unit_from("s12") == UnitKey(store=12)
    assert [unit_from(code) for code in ("", "x7", "d", "d-1", "s٣")] == [None] * 5
    assert unit_from(UnitKey(store=12).code) == UnitKey(store=12)
    with pytest.raises(ValueError, match="one department or one store"):
        UnitKey(1, 2)
