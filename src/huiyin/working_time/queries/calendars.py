"""Calendars as the rules reckon with them, read once per version and process."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from huiyin.foundation.kept import kept
from huiyin.kernel.refusal import NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import Department
from huiyin.working_time.models import Calendar, CalendarVersion, DayRule
from huiyin.working_time.rules.arrays import CalendarArrays
from huiyin.working_time.rules.bulk import CompiledCalendar
from huiyin.working_time.rules.calendar import DayException, DayKind, WeekChange, WorkingCalendar
from huiyin.working_time.rules.writing import read, read_week

STANDARD = "standard"
KEPT = 64
COMPILED_FROM = date(2007, 1, 1)
YEARS_AHEAD = 3


def calendar_of(
    code: str = STANDARD, version: int | None = None, at: datetime | None = None, region: str = ""
) -> WorkingCalendar:
    """The calendar ``code``: a certain version, the one known at a moment, or (default) the newest.

    One cheap query finds the version, and in actions not even that while no settings change; versions never change, so
    each is read once per process. ``region`` adds the
    closures of that region.

    Raises:
        NotFound: there is no such calendar or version.
    """
    return _read(version_key(code, version, at), region)


def version_key(code: str, version: int | None = None, at: datetime | None = None) -> int:
    """The key of a calendar's version, as in :func:`calendar_of`.

    Raises:
        NotFound: there is no such calendar or version.
    """
    found = _key(code, version) if at is None else _found(code, version, at)
    if found is None:
        raise NotFound(message(_("There is no calendar %(code)s, or not in this version."), code=code))
    return found


@kept
def _key(code: str, version: int | None) -> int | None:
    return _found(code, version, None)


def _found(code: str, version: int | None, at: datetime | None) -> int | None:
    versions = CalendarVersion.objects.filter(calendar__code=code)
    return _wanted(versions, version, at).values_list("pk", flat=True).first()


def _wanted(versions: QuerySet[CalendarVersion], version: int | None, at: datetime | None) -> QuerySet[CalendarVersion]:
    if version is not None:
        return versions.filter(number=version)
    if at is not None and versions.filter(created_at__lte=at).exists():
        return versions.filter(created_at__lte=at).order_by("-number")
    return versions.order_by("number" if at else "-number")


@lru_cache(maxsize=KEPT)
def _read(version_pk: int, region: str) -> WorkingCalendar:
    version = CalendarVersion.objects.select_related("calendar").get(pk=version_pk)
    first, *changes = weeks_of(version)
    return WorkingCalendar(
        code=version.calendar.code,
        version=version.number,
        zone=ZoneInfo(version.zone),
        week=first.week,
        exceptions=_exceptions(version, region),
        announced_through=version.announced_through,
        changes=tuple(changes),
        region=region,
        name=version.calendar.name,
    )


def weeks_of(version: CalendarVersion) -> list[WeekChange]:
    """The hours of the week by the day they begin; a later version overrides from its day on."""
    older = CalendarVersion.objects.filter(calendar=version.calendar_id, number__lte=version.number, week__isnull=False)
    weeks: list[WeekChange] = []
    for one in older.order_by("number"):
        weeks = [week for week in weeks if week.from_day < one.effective_from]
        weeks.append(WeekChange(one.effective_from, read_week(one.week or [])))
    return weeks


def _exceptions(version: CalendarVersion, region: str) -> dict[date, DayException]:
    """Exceptional days by date; where a region has its own rule, that one holds."""
    rules = rules_of(version).filter(region__in={"", region}).order_by("region")
    return {rule.day: exception_of(rule) for rule in rules}


def rules_of(version: CalendarVersion) -> QuerySet[DayRule]:
    """The exceptional days a version knows."""
    known = Q(since__lte=version.number) & (Q(until=None) | Q(until__gt=version.number))
    return DayRule.objects.filter(known, calendar=version.calendar_id)


def exception_of(rule: DayRule) -> DayException:
    """A row as the rules know it."""
    hours = read(rule.hours)
    return DayException(rule.day, DayKind(rule.kind), rule.name, hours, rule.region, rule.announced)


def compiled(code: str = STANDARD, version: int | None = None, region: str = "") -> CompiledCalendar:
    """The calendar reckoned through from 2007 to three years past the announced holidays, for very many moments.

    Raises:
        NotFound: there is no such calendar or version.
    """
    return _compiled(version_key(code, version), region)


@lru_cache(maxsize=8)
def _compiled(version_pk: int, region: str) -> CompiledCalendar:
    calendar = _read(version_pk, region)
    last = min(calendar.announced_through.year, date.max.year - YEARS_AHEAD) + YEARS_AHEAD
    return CompiledCalendar(calendar, COMPILED_FROM, date(last, 12, 31))


def calendar_arrays(code: str = STANDARD, version: int | None = None) -> CalendarArrays:
    """As :func:`compiled`, for arrays of moments.

    Raises:
        NotFound: there is no such calendar or version.
    """
    return _arrays(version_key(code, version))


@lru_cache(maxsize=8)
def _arrays(version_pk: int) -> CalendarArrays:
    return CalendarArrays(_compiled(version_pk, ""))


def all_calendars() -> list[Calendar]:
    """Every calendar of the company, the standard one first."""
    return sorted(Calendar.objects.select_related("department"), key=lambda one: (one.code != STANDARD, one.pk))


def versions_of(code: str) -> list[CalendarVersion]:
    """All versions of a calendar, newest first, with who made them."""
    return list(
        CalendarVersion.objects.filter(calendar__code=code).select_related("created_by", "calendar").order_by("-number")
    )


def regions_of(code: str) -> list[str]:
    """The regions that have days of their own in this calendar."""
    rules = DayRule.objects.filter(calendar__code=code, until=None).exclude(region="")
    return list(rules.order_by("region").values_list("region", flat=True).distinct())


def version_row(pk: int) -> CalendarVersion:
    """A version by its key, with its calendar."""
    return CalendarVersion.objects.select_related("calendar").get(pk=pk)


def every_department() -> QuerySet[Department]:
    """The departments that may have a calendar of their own."""
    return Department.objects.all()
