"""First responses by the day they were given, in working hours since the case was received."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Min

from huiyin.insights.queries.lens import FIRST_RESPONSE, Lens
from huiyin.insights.rules.tally import tally_of
from huiyin.insights.sources.source import DayRow, Source, day_of
from huiyin.promises.public import Promise
from huiyin.working_time.public import CompiledCalendar, compiled

HOUR = timedelta(hours=1)
Place = tuple[date, int | None, int | None]


class Waits:
    """Working hours from receipt to first response; each calendar is read once."""

    def __init__(self) -> None:
        self._calendars: dict[tuple[str, int], CompiledCalendar] = {}

    def hours(self, calendar: str, version: int, start: datetime, end: datetime) -> float:
        """The working hours between two moments, in a version of a calendar; none where the end comes first."""
        key = (calendar, version)
        if key not in self._calendars:
            self._calendars[key] = compiled(*key)
        return self._calendars[key].working_time_between(start, max(start, end)) / HOUR

    def of(self, promise: Promise) -> float:
        """The hours of one promise that was kept."""
        end = promise.settled_at or promise.start_at
        return self.hours(promise.calendar, promise.calendar_version, promise.start_at, end)


def reads(lens: Lens) -> Iterator[DayRow]:
    """Every first response; working time is reckoned by the calendar, not by the database."""
    clock, found = Waits(), defaultdict[Place, list[float]](list)
    rows = lens.first_responses().annotate(on_day=day_of("settled_at", lens)).order_by()
    columns = ("on_day", "department_id", "store_id", "calendar", "calendar_version", "start_at", "settled_at")
    for day, department, store, *time in rows.values_list(*columns):
        found[day, department, store].append(clock.hours(*time))
    for place, hours in found.items():
        yield DayRow("responses", "responses", *place, tally_of(hours))


def _first() -> datetime | None:
    given = Promise.objects.filter(kind=FIRST_RESPONSE, state="kept")
    found: datetime | None = given.aggregate(at=Min("settled_at"))["at"]
    return found


SOURCE = Source("responses", first=_first, reads=reads)
