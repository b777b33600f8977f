"""Every holiday and every make-up workday of China from 2007 to 2026, against an independent list."""

from __future__ import annotations

import csv
import gzip
import re
from datetime import date, datetime, timedelta
from functools import cache

import pytest

from huiyin.working_time.rules.arithmetic import add_working_days, working_days_between, working_time_between
from huiyin.working_time.rules.bulk import CompiledCalendar
from huiyin.working_time.rules.calendar import DayKind, WorkingCalendar
from huiyin.working_time.statutory import Statutory
from tests.working_time.calendars import SHANGHAI, calendar, evaluation_file, real_days, sh

pytestmark = pytest.mark.real_data
FIRST, LAST = date(2007, 1, 1), date(2026, 12, 31)
SAME = {
    "元旦": {"New Year's Day"},
    "春节": {"Spring Festival"},
    "清明节": {"Tomb-Sweeping Day"},
    "劳动节": {"Labour Day"},
    "“五一”": {"Labour Day"},
    "“五一”国际劳动节": {"Labour Day"},
    "端午节": {"Dragon Boat Festival"},
    "中秋节": {"Mid-Autumn Festival"},
    "国庆节": {"National Day"},
    "“十一”": {"National Day"},
    "国庆节、中秋节": {"National Day", "Mid-Autumn Festival"},
    "中秋节、国庆节": {"National Day", "Mid-Autumn Festival"},
    "抗日战争暨世界反法西斯战争胜利70周年纪念日": {"Victory Day"},
}


@cache
def seeded() -> WorkingCalendar:
    return calendar(exceptions={found.day: found for found in Statutory(2007, 2027).exceptions()})


def everyday() -> list[date]:
    return [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def works(day: date) -> bool:
    """What the independent list says."""
    name_and_off = real_days().get(day)
    return not name_and_off[1] if name_and_off else day.weekday() < 5


def test_all_7305_days_are_open_or_closed_as_the_state_announced() -> None:
    assert len(everyday()) == 7305
    assert [day for day in everyday() if seeded().is_working_day(day) != works(day)] == []


def test_every_make_up_weekend_is_a_make_up_day_with_full_hours() -> None:
    made_up = [day for day, (_, off) in real_days().items() if not off and day.weekday() >= 5 and day >= FIRST]
    assert len(made_up) == 130
    for day in made_up:
        assert seeded().kind_of(day) is DayKind.MAKE_UP, day
        midnight = sh(f"{day}T00:00")
        assert working_time_between(seeded(), midnight, midnight + timedelta(days=1)) == timedelta(hours=8), day


def test_every_holiday_is_named_as_the_state_names_it() -> None:
    for day, (name, off) in real_days().items():
        exception = seeded().exceptions.get(day)
        if day < FIRST or (not off and day.weekday() < 5):
            continue  # 2020-02-03 was listed as a workday, a Monday: nothing exceptional
        assert exception is not None, day
        assert exception.kind is (DayKind.HOLIDAY if off else DayKind.MAKE_UP), day
        assert exception.name in SAME[name], day
        assert exception.announced, day


def test_one_working_day_after_every_day_is_the_next_day_the_list_calls_a_workday() -> None:
    ahead = None
    for day in reversed(everyday()):
        if ahead:
            found = add_working_days(seeded(), sh(f"{day}T10:30"), 1).at.astimezone(SHANGHAI)
            assert (found.date(), found.hour, found.minute) == (ahead, 10, 30), day
        ahead = day if works(day) else ahead


def test_working_days_of_every_year_are_counted_as_in_the_list() -> None:
    for year in range(2007, 2027):
        listed = sum(works(day) for day in everyday() if day.year == year)
        assert working_days_between(seeded(), sh(f"{year - 1}-12-31T12:00"), sh(f"{year}-12-31T12:00")) == listed


def test_2027_is_not_announced_and_says_so() -> None:
    statutory = Statutory(2026, 2027)
    assert statutory.announced(2026)
    assert not statutory.announced(2027)
    guessed = [found for found in statutory.exceptions() if found.day.year == 2027]
    assert guessed[0].day == date(2027, 1, 1)
    assert not any(found.announced for found in guessed)
    assert {found.kind for found in guessed} == {DayKind.HOLIDAY}


def test_real_replies_fall_into_the_working_day_shares_that_others_counted() -> None:
    with gzip.open(evaluation_file("complaints_zh_with_replies.csv.gz"), "rt", encoding="utf-8-sig") as source:
        replies = [(read_moment(row["留言时间"]), read_moment(row["答复时间"])) for row in csv.DictReader(source)]
    compiled = CompiledCalendar(seeded(), date(2010, 1, 1), date(2025, 1, 1))
    days = [compiled.working_days_between(asked, answered) for asked, answered in replies]
    assert len(days) == 2816
    assert [round(100 * sum(taken <= limit for taken in days) / len(days), 1) for limit in (5, 15)] == [38.3, 74.7]


def read_moment(text: str) -> datetime:
    """Both of the file's forms: 2019/4/25 9:32:09 and 2019-04-25 09:32:09."""
    year, month, day, *clock = (int(number) for number in re.findall(r"\d+", text))
    return datetime(year, month, day, *clock, tzinfo=SHANGHAI)
