"""Weeks and months are named as the trade names them."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.insights.rules.periods import PeriodKind, period_of, read_period
from huiyin.kernel.refusal import Invalid

DAYS = st.dates(date(2001, 1, 1), date(2099, 12, 1))


@pytest.mark.parametrize(
    ("day", "code", "words", "number"),
    [
        (date(2026, 9, 28), "2026-W40", "Week 4 of month 9", 4),
        (date(2026, 10, 4), "2026-W40", "Week 4 of month 9", 4),
        (date(2026, 10, 5), "2026-W41", "Week 1 of month 10", 1),
        (date(2026, 8, 31), "2026-W36", "Week 5 of month 8", 5),
        (date(2027, 1, 1), "2026-W53", "Week 4 of month 12", 4),
        (date(2024, 12, 30), "2025-W01", "Week 5 of month 12", 5),
    ],
)
def test_a_week_belongs_to_the_month_of_its_monday(day: date, code: str, words: str, number: int) -> None:
    week = period_of(PeriodKind.WEEK, day)
    assert (week.code, str(week.words), week.number) == (code, words, number)


def test_a_week_begins_on_monday_at_midnight_in_the_companys_zone() -> None:
    since, until = read_period("2026-W40").moments(ZoneInfo("Asia/Shanghai"))
    assert (since.isoformat(), until.isoformat()) == ("2026-09-28T00:00:00+08:00", "2026-10-05T00:00:00+08:00")


def test_the_months_of_a_leap_year() -> None:
    assert [period_of(PeriodKind.MONTH, date(2024, m, 1)).last.day for m in (1, 2, 4)] == [31, 29, 30]


@pytest.mark.parametrize(
    "text", ["", "2026", "2026-W54", "2025-W53", "2026-13", "2026-00", "x", "9999-W01", "2026-W4O"]
)
def test_a_period_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="There is no period"):
        read_period(text)


@given(DAYS, st.sampled_from(PeriodKind))
def test_periods_meet_without_gap_or_overlap(day: date, kind: PeriodKind) -> None:
    period = period_of(kind, day)
    assert period.first <= day < period.after
    assert period.next().first == period.after
    assert period.next().before() == period
    assert read_period(period.code) == period
    assert period.last + timedelta(days=1) == period.after


def test_the_run_up_ends_with_the_period_itself() -> None:
    codes = [period.code for period in read_period("2026-02").run_up(4)]
    assert codes == ["2025-11", "2025-12", "2026-01", "2026-02"]
