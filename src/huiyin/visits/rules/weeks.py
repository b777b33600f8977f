"""Weeks as the trade counts them (《×月第×周》) and whose turn a week is.

A week starts on Monday. Which month a week belongs to is a choice of the company: by its Monday (default: the
week of Monday 28 September is September's, although it ends in October) or by its Thursday (the month that has
most of its days).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from huiyin.kernel.years import why_far


class BelongsBy(StrEnum):
    """Which day decides what month a week belongs to."""

    MONDAY = "monday"
    THURSDAY = "thursday"


@dataclass(frozen=True)
class WeekOfMonth:
    """The n-th week (from 1) of a month."""

    year: int
    month: int
    number: int


def monday_of(day: date) -> date:
    """The Monday of the week ``day`` lies in."""
    return day - timedelta(days=day.weekday())


def monday_of_iso(text: str) -> date:
    """The Monday of an ISO week such as ``2026-W40``; ValueError when there is none, or it is centuries away."""
    year, _, week = text.upper().partition("-W")
    monday = date.fromisocalendar(int(year), int(week), 1)
    if why_far(monday):
        raise ValueError(text)
    return monday


def iso_week(day: date) -> str:
    """The ISO name of the week ``day`` lies in: ``2026-W40``."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02}"


def week_of_month(day: date, by: BelongsBy = BelongsBy.MONDAY) -> WeekOfMonth:
    """Which week of which month the week of ``day`` is."""
    deciding = monday_of(day) + timedelta(days=0 if by is BelongsBy.MONDAY else 3)
    return WeekOfMonth(deciding.year, deciding.month, (deciding.day - 1) // 7 + 1)


def weeks_left_in_month(day: date, by: BelongsBy = BelongsBy.MONDAY) -> list[date]:
    """The Mondays of this week and of the later weeks that belong to the same month."""
    month, monday = week_of_month(day, by).month, monday_of(day)
    mondays = [monday + timedelta(weeks=n) for n in range(6)]
    return [each for each in mondays if week_of_month(each, by).month == month]


def turn_of(day: date, sizes: tuple[str, ...]) -> str:
    """Whose turn the week of ``day`` is; turns go on over the year's end without a hitch. "" when there are none."""
    return sizes[monday_of(day).toordinal() // 7 % len(sizes)] if sizes else ""
