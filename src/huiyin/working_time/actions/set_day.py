"""Makes days exceptional, otherwise exceptional, or ordinary again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.working_time.actions.versions import add_version, newest_version, sensible_day, tell_of
from huiyin.working_time.models import Calendar, CalendarVersion, Change
from huiyin.working_time.queries.calendars import rules_of
from huiyin.working_time.rules.calendar import DayException, DayKind, Interval
from huiyin.working_time.seed import add_rules

MOST_DAYS = 366


@action("calendar.set_day", needs="calendar.change")
def set_day(
    act: Act,
    code: str,
    *,
    day: date,
    kind: DayKind,
    last_day: date | None = None,
    name: str = "",
    hours: Sequence[Interval] = (),
    region: str = "",
    expected_version: int | None = None,
    note: str = "",
) -> CalendarVersion:
    """Gives ``day`` (up to ``last_day``) a kind; an ordinary kind takes the exception away again.

    Raises:
        Invalid: the days are in the wrong order or too many, the name is missing, the hours do not fit the kind,
            or an exception is to be taken away where there is none.
        Conflict: somebody else has changed the calendar since ``expected_version``.
    """
    newest = newest_version(code, expected_version)
    days = _days(day, last_day or day)
    exceptions = [] if kind is DayKind.ORDINARY else _exceptions(days, kind, name.strip(), hours, region)
    ended = _end_rules(newest, days, region)
    if not exceptions and not ended:
        raise Invalid(message(_("Nothing is different on %(day)s; there is nothing to take away."), day=day))
    version = add_version(act, newest, change=Change.DAY, note=note, effective_from=day)
    add_rules(newest.calendar, exceptions, since=version.number)
    return tell_of(act, version)


def _days(first: date, last: date) -> list[date]:
    sensible_day(first)
    if last < first:
        raise Invalid(message(_("The last day lies before the first.")))
    count = (last - first).days + 1
    if count > MOST_DAYS:
        raise Invalid(message(_("At most %(days)d days can be changed at once."), days=MOST_DAYS))
    return [first + timedelta(days=n) for n in range(count)]


def _exceptions(
    days: Sequence[date], kind: DayKind, name: str, hours: Sequence[Interval], region: str
) -> list[DayException]:
    if not name:
        raise Invalid(message(_("Say what the day is, for example the holiday's name.")))
    return [DayException(day, kind, name, tuple(hours), region) for day in days]


def _end_rules(newest: CalendarVersion, days: Sequence[date], region: str) -> int:
    """Ends what the calendar knew of these days with the coming version."""
    calendar: Calendar = newest.calendar
    known = rules_of(newest).filter(calendar=calendar, day__in=days, region=region)
    return known.update(until=newest.number + 1)
