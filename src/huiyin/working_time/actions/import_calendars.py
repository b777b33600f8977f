"""Takes calendars from a file: what would change, then changes it, all or nothing (DIG-6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from huiyin.foundation.actions import Act, action
from huiyin.foundation.versions import Difference, demand_reason
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.working_time.actions.versions import add_version, newest_version, tell_of
from huiyin.working_time.models import Calendar, CalendarVersion, Change
from huiyin.working_time.queries.calendar_files import (
    calendar_called,
    changed_days,
    content_of,
    department_called,
    differences,
)
from huiyin.working_time.queries.calendars import rules_of, versions_of
from huiyin.working_time.queries.saying import day_name
from huiyin.working_time.rules.calendar import WeekChange
from huiyin.working_time.rules.calendar_file import CalendarContent, read_calendars
from huiyin.working_time.rules.writing import written
from huiyin.working_time.seed import add_rules

NEEDS = "calendar.change"


@dataclass(frozen=True)
class CalendarChange:
    """What the file would do to one calendar: ``last`` is the version there is (0: it is new), from when, and what."""

    before: CalendarContent | None
    content: CalendarContent
    last: int
    effective_from: date
    differences: list[Difference]

    @property
    def title(self) -> str:
        """What it is called."""
        return day_name(self.content.name)


def changes_in(text: str, call: Call) -> list[CalendarChange]:
    """What the file would change, in its order; what is the same already is left out.

    Raises:
        Invalid: the file cannot be read, or names a department there is not; nothing is changed.
    """
    changes = [_change(content, call.now.date()) for content in read_calendars(text)]
    return [change for change in changes if change is not None]


def _change(content: CalendarContent, today: date) -> CalendarChange | None:
    if content.department and department_called(content.department) is None:
        why = message(_("There is no department %(code)s."), code=content.department[:30])
        raise Invalid(why, {f"{content.code}.department": why})
    calendar = calendar_called(content.code)
    if calendar is None:
        return CalendarChange(None, content, 0, content.weeks[0].from_day, [])
    newest = versions_of(content.code)[0]
    before = content_of(calendar, newest)
    found = differences(before, content) if _plain(before) != _plain(content) else []
    if not found:
        return None
    days = [day for day, _region in changed_days(before, content)] + [each.from_day for each in _weeks(before, content)]
    return CalendarChange(before, content, newest.number, min(days, default=today), found)


def _plain(content: CalendarContent) -> tuple[object, ...]:
    """What of a calendar counts: the day from which the first hours hold does not, for they hold before as well."""
    weeks = tuple((each.from_day if number else None, each.week) for number, each in enumerate(content.weeks))
    return (content.name, content.department, content.zone, content.announced_through, weeks, content.days)


def _weeks(before: CalendarContent, after: CalendarContent) -> list[WeekChange]:
    """The hours that must be written so that the weeks of ``before`` become those of ``after``."""
    old = {each.from_day for each in before.weeks}
    begins = sorted(old | {each.from_day for each in after.weeks})
    wrong = next((day for day in begins if before.week_on(day) != after.week_on(day)), None)
    if wrong is None:
        return []
    return [WeekChange(wrong, after.week_on(wrong)), *(each for each in after.weeks if each.from_day > wrong)]


@action("calendar.import", needs=NEEDS)
def import_calendars(act: Act, text: str, *, reason: str, expected: int | None = None) -> int:
    """Gives every calendar the hours and days of the file, as new versions; returns how many calendars changed.

    Deadlines already given keep their version. ``expected``: how many changes were shown before.

    Raises:
        Invalid: the file cannot be read, or there is no reason.
        Conflict: nothing differs, or something else than what was shown would change.
    """
    why = demand_reason(reason)
    changes = changes_in(text, act.call)
    if not changes:
        raise Conflict(message(_("The file says what holds already; nothing would change.")))
    if expected is not None and expected != len(changes):
        raise Conflict(message(_("Something was changed in the meantime; look at the changes again.")))
    for change in changes:
        if change.last:
            _take(act, change, why)
        else:
            _make(act, change.content, why)
    return len(changes)


def _make(act: Act, content: CalendarContent, reason: str) -> None:
    """A calendar that is new, with its first version."""
    calendar = Calendar.objects.create(
        code=content.code, name=content.name, department=department_called(content.department)
    )
    first, *later = content.weeks
    newest = CalendarVersion.objects.create(
        calendar=calendar,
        number=1,
        change=Change.SEEDED,
        zone=content.zone,
        week=[written(day) for day in first.week],
        effective_from=first.from_day,
        announced_through=content.announced_through,
        note=reason,
        created_at=act.now,
        created_by_id=act.actor.id,
    )
    for change in later:
        newest = _week_version(act, newest, change, content, reason)
    add_rules(calendar, content.days, since=1)
    act.record(calendar, reason=reason, code=content.code)


def _take(act: Act, change: CalendarChange, reason: str) -> None:
    """Brings a calendar to the file's state: a version for each hours of the week, the days with the last of them."""
    content, before = change.content, change.before
    newest = newest_version(content.code, change.last)
    calendar = newest.calendar
    if before is None:
        return
    if (before.name, before.department) != (content.name, content.department):
        calendar.name, calendar.department = content.name, department_called(content.department)
        calendar.save(update_fields=["name", "department"])
    weeks = _weeks(before, content)
    for each in weeks:
        newest = _week_version(act, newest, each, content, reason)
    if not weeks:
        newest = _version(act, newest, change.effective_from, content, reason)
    _days(newest, changed_days(before, content), content)
    tell_of(act, newest)
    act.record(calendar, reason=reason, version=newest.number)


def _week_version(
    act: Act, newest: CalendarVersion, week: WeekChange, content: CalendarContent, reason: str
) -> CalendarVersion:
    hours = [written(day) for day in week.week]
    return add_version(
        act,
        newest,
        change=Change.FILE,
        note=reason,
        effective_from=week.from_day,
        week=hours,
        zone=content.zone,
        announced_through=content.announced_through,
    )


def _version(act: Act, newest: CalendarVersion, day: date, content: CalendarContent, reason: str) -> CalendarVersion:
    return add_version(
        act,
        newest,
        change=Change.FILE,
        note=reason,
        effective_from=day,
        zone=content.zone,
        announced_through=content.announced_through,
    )


def _days(newest: CalendarVersion, changed: list[tuple[date, str]], content: CalendarContent) -> None:
    """Ends what was known of the changed days with this version and writes what the file says."""
    known = rules_of(newest).filter(day__in={day for day, _region in changed})
    ended = [rule.pk for rule in known if (rule.day, rule.region) in set(changed)]
    newest.calendar.day_rules.filter(pk__in=ended).update(until=newest.number)
    new = {(each.day, each.region): each for each in content.days}
    add_rules(newest.calendar, (new[key] for key in changed if key in new), since=newest.number)
