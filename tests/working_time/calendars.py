"""Calendars the tests reckon with, and the evaluation file of real Chinese holidays."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from huiyin.working_time.rules.calendar import DayException, DayKind, Interval, WorkingCalendar, same_hours

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFICE = (Interval(time(9), time(12)), Interval(time(13), time(18)))
PLACES = [folder / "shared" / "data" for folder in Path(__file__).parents]  # beside the repository or its worktree


def hours(*texts: str) -> tuple[Interval, ...]:
    """ "09:00-12:00" → intervals."""
    return tuple(Interval(*(time.fromisoformat(part) for part in text.split("-"))) for text in texts)


def calendar(**changes: object) -> WorkingCalendar:
    """Monday to Friday 9–12 and 13–18 in Shanghai, without holidays unless given."""
    values = {"code": "standard", "version": 1, "zone": SHANGHAI, "week": same_hours(OFFICE)}
    return WorkingCalendar(**(values | changes))


def sh(text: str) -> datetime:
    """A moment as a clock in Shanghai shows it."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def evaluation_file(name: str) -> Path:
    """A file of the evaluation data; skips where it is absent."""
    found = next((place / name for place in PLACES if (place / name).exists()), None)
    if found is None:
        pytest.skip("evaluation data is not here")
    return found


@cache
def real_days() -> dict[date, tuple[str, bool]]:
    """Date → (name, is day off) from the evaluation file; skips where it is absent."""
    days = json.loads(evaluation_file("holidays_cn_2007_2026.json").read_text())
    return {date.fromisoformat(day): (name, off) for day, (name, off) in days.items()}


def national_day_2026() -> dict[date, DayException]:
    """The block around National Day 2026 with its two make-up days."""
    off = [DayException(date(2026, 10, d), DayKind.HOLIDAY, "National Day") for d in range(1, 8)]
    made_up = [DayException(d, DayKind.MAKE_UP, "National Day") for d in (date(2026, 9, 20), date(2026, 10, 10))]
    return {exception.day: exception for exception in [*off, *made_up]}
