"""The calendar every company starts with: office hours in Shanghai with China's holidays since 2007."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import Any

from django.db import transaction

from huiyin.foundation import clock
from huiyin.kernel.words import gettext_noop as _
from huiyin.working_time.models import Calendar, CalendarVersion, Change, DayRule
from huiyin.working_time.queries.calendars import STANDARD
from huiyin.working_time.rules.calendar import DayException, Interval, same_hours
from huiyin.working_time.rules.writing import written
from huiyin.working_time.statutory import FIRST_YEAR, Statutory, last_announced_year

NAME = _("Standard working hours")
ZONE = "Asia/Shanghai"
OFFICE_HOURS = (Interval(time(9), time(12)), Interval(time(13), time(18)))


def seed(**_options: Any) -> None:
    """Makes the standard calendar unless there is one; runs after every migrate."""
    if Calendar.objects.filter(code=STANDARD).exists():
        return
    with transaction.atomic():
        calendar, new = Calendar.objects.get_or_create(code=STANDARD, defaults={"name": NAME})
        if new:
            _first_version(calendar)


def _first_version(calendar: Calendar) -> None:
    announced = last_announced_year()
    CalendarVersion.objects.create(
        calendar=calendar,
        number=1,
        change=Change.SEEDED,
        zone=ZONE,
        week=[written(day) for day in same_hours(OFFICE_HOURS)],
        effective_from=date(FIRST_YEAR, 1, 1),
        announced_through=date(announced, 12, 31),
        created_at=clock.now(),
    )
    add_rules(calendar, Statutory(FIRST_YEAR, announced + 1).exceptions(), since=1)


def add_rules(calendar: Calendar, exceptions: Iterable[DayException], *, since: int) -> None:
    """Writes exceptional days that a calendar knows from version ``since`` on."""
    DayRule.objects.bulk_create(rule_row(calendar, exception, since) for exception in exceptions)


def rule_row(calendar: Calendar, exception: DayException, since: int) -> DayRule:
    """An exceptional day as a row, not saved."""
    return DayRule(
        calendar=calendar,
        day=exception.day,
        kind=exception.kind.value,
        name=exception.name,
        hours=written(exception.intervals),
        region=exception.region,
        announced=exception.announced,
        since=since,
    )
