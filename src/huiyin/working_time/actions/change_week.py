"""Changes the hours of the week, from a day on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.working_time.actions.versions import add_version, newest_version, sensible_day, tell_of
from huiyin.working_time.models import CalendarVersion, Change
from huiyin.working_time.rules.calendar import Interval, week_in_order
from huiyin.working_time.rules.writing import written


@action("calendar.change_week", needs="calendar.change")
def change_week(
    act: Act,
    code: str,
    *,
    week: Sequence[Sequence[Interval]],
    effective_from: date,
    expected_version: int | None = None,
    zone: str | None = None,
    note: str = "",
) -> CalendarVersion:
    """Gives the calendar other hours from ``effective_from`` on, Monday first; days before keep theirs.

    Deadlines already given keep their version. A new ``zone`` (IANA name) holds for all days.

    Raises:
        Invalid: there are not seven days, hours overlap, the whole week is closed, or there is no such zone.
        Conflict: somebody else has changed the calendar since ``expected_version``.
    """
    newest = newest_version(code, expected_version)
    days = week_in_order(week)
    if not any(days):
        raise Invalid(message(_("A week without any working hours would stop every clock. Enter hours for a day.")))
    version = add_version(
        act,
        newest,
        change=Change.HOURS,
        note=note,
        effective_from=sensible_day(effective_from),
        week=[written(day) for day in days],
        zone=known_zone(zone) if zone else None,
    )
    return tell_of(act, version)


def known_zone(name: str) -> str:
    """The name of an IANA time zone.

    Raises:
        Invalid: there is no such zone.
    """
    try:
        return ZoneInfo(name).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise Invalid(message(_("There is no time zone called %(zone)s."), zone=name)) from None
