"""The calendar page: a year at a glance, the hours, the versions, and the deadline calculator (ORG-5, SLA-4)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.utils.translation import pgettext

from huiyin.foundation import clock
from huiyin.foundation.pages import Request, page, show
from huiyin.working_time.pages.forms import DeadlineForm
from huiyin.working_time.queries.calendars import STANDARD, all_calendars, calendar_of, regions_of
from huiyin.working_time.queries.history import VersionView, history_of
from huiyin.working_time.queries.saying import day_in_words, day_name, days_in_words, weekdays_in_words
from huiyin.working_time.queries.words import KindWords, kind_words, weekday_letters, weekday_names
from huiyin.working_time.rules.announcement import missing_year
from huiyin.working_time.rules.calendar import DayKind, WorkingCalendar
from huiyin.working_time.rules.windows import day_of
from huiyin.working_time.rules.year import DayView, MonthView, Stretch, year_of

FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True)
class Cell:
    """A day as it is drawn."""

    day: DayView
    kind: KindWords
    name: str
    hours: str
    today: bool


@dataclass(frozen=True)
class Month:
    """A month as it is drawn."""

    first: date
    weeks: tuple[tuple[Cell | None, ...], ...]


@dataclass(frozen=True)
class Row:
    """Exceptional days in a row as they are listed."""

    days: str
    weekdays: str
    stretch: Stretch
    kind: KindWords
    name: str
    hours: str


@dataclass(frozen=True)
class CalendarPage:
    """Everything on the page; ``newest`` differs from the calendar's version when an old one is looked at."""

    calendar: WorkingCalendar
    name: str
    department: str
    calendars: list[tuple[str, str]]
    regions: list[str]
    newest: int
    year: int
    months: tuple[Month, ...]
    rows: list[Row]
    counts: list[tuple[KindWords, int]]
    working_days: int
    weekdays: list[str]
    week: list[tuple[str, str]]
    coming_hours: list[tuple[str, list[tuple[str, str]]]]
    versions: list[VersionView]
    missing: int | None
    unsure: bool
    may_change: bool
    form: DeadlineForm

    @property
    def is_newest(self) -> bool:
        """Whether the newest version is looked at."""
        return self.calendar.version == self.newest


@page("calendar/", name="calendar", needs="calendar.see")
def calendar_page(request: Request) -> HttpResponse:
    """One calendar, one year, one version (the newest unless another is asked for)."""
    code, version = request.GET.get("code", STANDARD), _number(request.GET.get("version"))
    calendar = calendar_of(code, version, region=request.GET.get("region", ""))
    today = day_of(calendar, clock.now())
    year = _number(request.GET.get("year")) or today.year
    year = min(max(year, FIRST_YEAR), LAST_YEAR)
    return show(request, "working_time/calendar.html", _page(request, calendar, year, today))


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < len("100000") else None


def _page(request: Request, calendar: WorkingCalendar, year: int, today: date) -> CalendarPage:
    view = year_of(calendar, year)
    calendars, newest = all_calendars(), calendar_of(calendar.code)
    chosen = next(one for one in calendars if one.code == calendar.code)
    return CalendarPage(
        calendar=calendar,
        name=day_name(chosen.name),
        department=chosen.department.name if chosen.department else "",
        calendars=[(one.code, day_name(one.name)) for one in calendars],
        regions=regions_of(calendar.code),
        newest=newest.version,
        year=year,
        months=tuple(_month(month, today) for month in view.months),
        rows=[_row(stretch) for stretch in view.stretches],
        counts=[(kind_words(kind), view.counts[kind]) for kind in DayKind if kind is not DayKind.ORDINARY],
        working_days=view.working_days,
        weekdays=weekday_letters(),
        week=_hours(calendar, today),
        coming_hours=[
            (day_in_words(c.from_day), _hours(calendar, c.from_day)) for c in calendar.changes if c.from_day > today
        ],
        versions=history_of(calendar.code),
        missing=missing_year(newest.announced_through, today),
        unsure=year > calendar.announced_through.year,
        may_change=request.actor.may("calendar.change"),
        form=DeadlineForm(calendar=calendar, initial={"start": clock.now().astimezone(calendar.zone)}),
    )


def _month(month: MonthView, today: date) -> Month:
    weeks = (tuple(_cell(day, today) if day else None for day in week) for week in month.weeks)
    return Month(month.first, tuple(weeks))


def _cell(day: DayView, today: date) -> Cell:
    return Cell(day, kind_words(day.kind), day_name(day.name), _said(day.hours), day.day == today)


def _row(stretch: Stretch) -> Row:
    exception = stretch.exception
    return Row(
        days=days_in_words(stretch.first, stretch.last),
        weekdays=weekdays_in_words(stretch.first, stretch.last),
        stretch=stretch,
        kind=kind_words(exception.kind),
        name=day_name(exception.name),
        hours=_said(exception.intervals),
    )


def _hours(calendar: WorkingCalendar, day: date) -> list[tuple[str, str]]:
    week = calendar.week_on(day)
    return [
        (name, _said(hours) or pgettext("hours of a day", "off"))
        for name, hours in zip(weekday_names(), week, strict=True)
    ]


def _said(hours: tuple[object, ...]) -> str:
    return "  ".join(str(interval) for interval in hours)
