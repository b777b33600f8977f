"""Calendars over the API: a year, deadlines with their reasons, working time between two moments, and changes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from ninja import Field, Query, Router, Schema, Status

from huiyin.foundation import clock
from huiyin.foundation.api import ApiRequest, answers, call_of_api, needs, outcome
from huiyin.working_time.actions.announce_year import announce_year
from huiyin.working_time.actions.change_week import change_week
from huiyin.working_time.actions.open_calendar import open_calendar
from huiyin.working_time.actions.set_day import set_day
from huiyin.working_time.models import CalendarVersion
from huiyin.working_time.queries.calendars import STANDARD, all_calendars, calendar_of, version_row
from huiyin.working_time.queries.saying import day_name, say_steps
from huiyin.working_time.rules.arithmetic import deadline, working_days_between, working_time_between
from huiyin.working_time.rules.calendar import DayKind, WorkingCalendar
from huiyin.working_time.rules.explain import Deadline
from huiyin.working_time.rules.span import Span, Unit
from huiyin.working_time.rules.windows import day_of
from huiyin.working_time.rules.writing import read, read_week, written
from huiyin.working_time.rules.year import year_of

PREFIX = "/calendars"
router = Router(tags=["working time"])

Hours = Annotated[list[list[str]], Field(max_length=48, description='``[["09:00", "12:00"], ["13:00", "18:00"]]``')]


class CalendarOut(Schema):
    """A calendar and its newest version."""

    code: str
    name: str
    department_id: int | None
    version: int
    zone: str
    announced_through: date


class DayOut(Schema):
    """A day that is different."""

    day: date
    kind: DayKind
    name: str
    hours: Hours
    announced: bool


class YearOut(Schema):
    """A year of a calendar: the hours of the week as they are on 1 January, later changes, and what is different."""

    code: str
    version: int
    zone: str
    year: int
    working_days: int
    week: list[Hours]
    changes: dict[date, list[Hours]]
    days: list[DayOut]


class StepOut(Schema):
    """One reason of a deadline; ``text`` in the caller's language."""

    code: str
    day: date | None
    start: datetime | None
    end: datetime | None
    counted_seconds: float
    text: str


class DeadlineOut(Schema):
    """A deadline on the calendar's clock and why it is there."""

    deadline: datetime
    calendar: str
    version: int
    steps: list[StepOut]


class BetweenOut(Schema):
    """Working time from start to end; negative when the end comes first."""

    calendar: str
    version: int
    seconds: float
    working_days: int


class VersionOut(Schema):
    """A version of a calendar."""

    code: str
    version: int
    change: str
    effective_from: date
    note: str
    created_at: datetime


class DayIn(Schema):
    """What days shall be; ``ordinary`` takes an exception away."""

    day: date
    last_day: date | None = None
    kind: DayKind
    name: str = Field("", max_length=60)
    hours: Hours = []
    region: str = Field("", max_length=40)
    note: str = Field("", max_length=200)
    expected_version: int | None = None


class WeekIn(Schema):
    """The hours of the week, Monday first, from a day on."""

    week: list[Hours] = Field(min_length=7, max_length=7)
    effective_from: date
    zone: str | None = Field(None, max_length=60)
    note: str = Field("", max_length=200)
    expected_version: int | None = None


class YearIn(Schema):
    """A year whose holidays are certain now."""

    year: int = Field(ge=2000, le=2100)
    note: str = Field("", max_length=200)
    expected_version: int | None = None


class CalendarIn(Schema):
    """A calendar of its own, as a copy of another."""

    code: str = Field(max_length=30)
    name: str = Field(max_length=60)
    like: str = STANDARD
    department_id: int | None = None
    note: str = Field("", max_length=200)


@router.get("", auth=needs("calendar.see"), response=answers(list[CalendarOut]))
def list_calendars(request: ApiRequest) -> list[CalendarOut]:  # noqa: ARG001 - ninja wants the request
    """All calendars, the standard one first."""
    found = [(one, calendar_of(one.code)) for one in all_calendars()]
    return [
        CalendarOut(
            code=one.code,
            name=day_name(one.name),
            department_id=one.department_id,
            version=calendar.version,
            zone=calendar.zone.key,
            announced_through=calendar.announced_through,
        )
        for one, calendar in found
    ]


@router.post("", auth=needs("calendar.change"), response=answers(VersionOut, 201))
def make_calendar(request: ApiRequest, data: CalendarIn) -> Status[VersionOut]:
    """Makes a calendar with the hours and exceptional days of another."""
    made = outcome(open_calendar, call_of_api(request), **data.dict())
    return Status(201, _version(version_row(made)))


@router.get("/{slug:code}", auth=needs("calendar.see"), response=answers(YearOut))
def get_year(
    request: ApiRequest,  # noqa: ARG001 - ninja wants the request
    code: str,
    year: Annotated[int | None, Query(ge=1990, le=2100)] = None,
    version: int | None = None,
    region: str = "",
) -> YearOut:
    """A year of a calendar (default: the present one), of its newest version unless another is asked for."""
    calendar = calendar_of(code, version, region=region)
    return _year(calendar, year or day_of(calendar, clock.now()).year)


@router.get("/{slug:code}/deadline", auth=needs("calendar.see"), response=answers(DeadlineOut))
def explain_deadline(
    request: ApiRequest,  # noqa: ARG001 - ninja wants the request
    code: str,
    start: datetime,
    amount: Decimal,
    unit: Unit,
    version: int | None = None,
    region: str = "",
) -> DeadlineOut:
    """When a span after a moment (with offset) ends, and why."""
    calendar = calendar_of(code, version, region=region)
    return _deadline(calendar, deadline(calendar, start, Span(amount, unit)))


@router.get("/{slug:code}/between", auth=needs("calendar.see"), response=answers(BetweenOut))
def measure_between(
    request: ApiRequest,  # noqa: ARG001 - ninja wants the request
    code: str,
    start: datetime,
    end: datetime,
    version: int | None = None,
    region: str = "",
) -> BetweenOut:
    """Working time between two moments (with offset), and the working days after the first day up to the last."""
    calendar = calendar_of(code, version, region=region)
    worked = working_time_between(calendar, start, end)
    days = working_days_between(calendar, start, end)
    return BetweenOut(calendar=code, version=calendar.version, seconds=worked.total_seconds(), working_days=days)


@router.post("/{slug:code}/days", auth=needs("calendar.change"), response=answers(VersionOut, 201))
def change_days(request: ApiRequest, code: str, data: DayIn) -> Status[VersionOut]:
    """Makes days exceptional, or ordinary again; a new version."""
    values = data.dict() | {"hours": read(data.hours)}
    return Status(201, _version(version_row(outcome(set_day, call_of_api(request), code, **values))))


@router.post("/{slug:code}/hours", auth=needs("calendar.change"), response=answers(VersionOut, 201))
def change_hours(request: ApiRequest, code: str, data: WeekIn) -> Status[VersionOut]:
    """Gives the week other hours from a day on; a new version."""
    values = data.dict() | {"week": read_week(data.week)}
    return Status(201, _version(version_row(outcome(change_week, call_of_api(request), code, **values))))


@router.post("/{slug:code}/announcements", auth=needs("calendar.change"), response=answers(VersionOut, 201))
def announce_holidays(request: ApiRequest, code: str, data: YearIn) -> Status[VersionOut]:
    """Says that the holidays of a year are certain now; a new version."""
    return Status(201, _version(version_row(outcome(announce_year, call_of_api(request), code, **data.dict()))))


def _year(calendar: WorkingCalendar, year: int) -> YearOut:
    view, first = year_of(calendar, year), date(year, 1, 1)
    days = [day for month in view.months for week in month.weeks for day in week if day]
    return YearOut(
        code=calendar.code,
        version=calendar.version,
        zone=calendar.zone.key,
        year=year,
        working_days=view.working_days,
        week=[written(hours) for hours in calendar.week_on(first)],
        changes={
            change.from_day: [written(hours) for hours in change.week]
            for change in calendar.changes
            if first < change.from_day <= date(year, 12, 31)
        },
        days=[
            DayOut(day=d.day, kind=d.kind, name=day_name(d.name), hours=written(d.hours), announced=d.sure)
            for d in days
            if d.kind is not DayKind.ORDINARY
        ],
    )


def _deadline(calendar: WorkingCalendar, found: Deadline) -> DeadlineOut:
    zone = calendar.zone
    steps = [
        StepOut(
            code=step.code,
            day=step.day,
            start=step.start and step.start.astimezone(zone),
            end=step.end and step.end.astimezone(zone),
            counted_seconds=step.counted.total_seconds(),
            text=text,
        )
        for step, text in zip(found.steps, say_steps(found), strict=True)
    ]
    at = found.at.astimezone(zone)
    return DeadlineOut(deadline=at, calendar=calendar.code, version=calendar.version, steps=steps)


def _version(row: CalendarVersion) -> VersionOut:
    return VersionOut(
        code=row.calendar.code,
        version=row.number,
        change=row.change,
        effective_from=row.effective_from,
        note=row.note,
        created_at=row.created_at,
    )
