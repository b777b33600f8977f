"""The company's calendars as a file, and two states of one value by value."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from huiyin.foundation.versions import Difference
from huiyin.organisation.public import Department
from huiyin.working_time.models import Calendar, CalendarVersion
from huiyin.working_time.queries.calendars import all_calendars, exception_of, rules_of, versions_of, weeks_of
from huiyin.working_time.queries.saying import day_in_words, day_name
from huiyin.working_time.queries.words import kind_words, weekday_names
from huiyin.working_time.rules.calendar import DayException, Week, WeekChange
from huiyin.working_time.rules.calendar_file import CalendarContent, plain_weeks, text_of
from huiyin.working_time.rules.writing import shown

DAYS_SAID = 40


def exported() -> str:
    """The newest version of every calendar."""
    return text_of(content_of(calendar, versions_of(calendar.code)[0]) for calendar in all_calendars())


def content_of(calendar: Calendar, version: CalendarVersion) -> CalendarContent:
    """A calendar at a version as its file shows it."""
    days = rules_of(version).order_by("day", "region")
    return CalendarContent(
        code=calendar.code,
        name=calendar.name,
        department=calendar.department.code if calendar.department else "",
        zone=version.zone,
        announced_through=version.announced_through,
        weeks=plain_weeks(weeks_of(version)),
        days=tuple(exception_of(rule) for rule in days),
    )


def calendar_called(code: str) -> Calendar | None:
    """The calendar with this code, with its department."""
    return Calendar.objects.select_related("department").filter(code=code).first()


def department_called(code: str) -> Department | None:
    """The department with this code."""
    return Department.objects.filter(code=code).first()


def changed_days(before: CalendarContent | None, after: CalendarContent) -> list[tuple[date, str]]:
    """The days (with their regions) that the two know differently, in order."""
    old = {(each.day, each.region): each for each in (before.days if before else ())}
    new = {(each.day, each.region): each for each in after.days}
    return sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))


def differences(before: CalendarContent, after: CalendarContent) -> list[Difference]:
    """What differs between two states of a calendar, in words."""
    pairs = [
        (_("Name"), day_name(before.name), day_name(after.name)),
        (_("Department"), before.department, after.department),
        (_("Time zone"), before.zone, after.zone),
        (
            _("Holidays certain until"),
            day_in_words(before.announced_through),
            day_in_words(after.announced_through),
        ),
        (_("Hours of the week"), _weeks_said(before.weeks), _weeks_said(after.weeks)),
    ]
    found = [Difference(label, old or "–", new or "–") for label, old, new in pairs if old != new]
    return found + _days(before, after)


def _days(before: CalendarContent, after: CalendarContent) -> list[Difference]:
    old = {(each.day, each.region): each for each in before.days}
    new = {(each.day, each.region): each for each in after.days}
    changed = changed_days(before, after)
    said = [
        Difference(" · ".join(filter(None, [day_in_words(day), region])), _day(old.get(key)), _day(new.get(key)))
        for key in changed[:DAYS_SAID]
        for day, region in [key]
    ]
    more = len(changed) - len(said)
    if more:
        said.append(Difference(ngettext("%(count)s day more", "%(count)s days more", more) % {"count": more}, "…", "…"))
    return said


def _day(one: DayException | None) -> str:
    if one is None:
        return _("Ordinary day")
    unsure = "" if one.announced else _("not announced yet")
    return " · ".join(filter(None, [kind_words(one.kind).label, day_name(one.name), shown(one.intervals), unsure]))


def _weeks_said(weeks: Iterable[WeekChange]) -> str:
    lines = []
    for change in weeks:
        lines += [_("from %(day)s") % {"day": day_in_words(change.from_day)}, *_week_said(change.week)]
    return "\n".join(lines)


def _week_said(week: Week) -> list[str]:
    """The hours of a week, days with the same hours in one line."""
    lines: list[tuple[str, str, str]] = []
    for name, hours in zip(weekday_names(), week, strict=True):
        said = shown(hours) or pgettext("hours of a day", "off")
        if lines and lines[-1][2] == said:
            lines[-1] = (lines[-1][0], name, said)
        else:
            lines.append((name, name, said))
    return [f"{first}: {said}" if first == last else f"{first} – {last}: {said}" for first, last, said in lines]
