"""What the API takes and gives about duty: shifts and days off."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from ninja import Field, Schema

from huiyin.organisation.queries.duty import duty_of
from huiyin.organisation.rules.shifts import DAYS_IN_WEEK, said


class LeaveIn(Schema):
    """Days off, both ends included."""

    first_day: date
    last_day: date
    reason: str = Field("", max_length=100)
    stand_in_id: int | None = Field(None, ge=1, lt=2**63)


class LeaveOut(LeaveIn):
    """Days off as they are noted."""

    id: int


class WeekIn(Schema):
    """The week that repeats, Monday first."""

    week: list[Annotated[str, Field(max_length=100)]] = Field(max_length=7)


class DayIn(Schema):
    """The shifts of one day."""

    shifts: str = Field("", max_length=100)


class ShiftsOut(WeekIn):
    """The week that repeats, and the days that are different."""

    days: dict[str, str] = Field(description="By day, as 2026-09-28.")


def shifts_of(staff_id: int) -> ShiftsOut:
    """A person's shifts as the API tells them."""
    duty = duty_of(staff_id)
    week = [said(duty.week.get(number, ())) for number in range(DAYS_IN_WEEK)]
    return ShiftsOut(week=week, days={day.isoformat(): said(shifts) for day, shifts in duty.days.items()})
