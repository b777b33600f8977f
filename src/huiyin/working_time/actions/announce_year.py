"""Takes over the holidays the state has announced for a year."""

from __future__ import annotations

from datetime import date

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.working_time.actions.versions import add_version, newest_version, tell_of
from huiyin.working_time.models import CalendarVersion, Change
from huiyin.working_time.queries.calendars import rules_of
from huiyin.working_time.seed import add_rules
from huiyin.working_time.statutory import Statutory


@action("calendar.announce_year", needs="calendar.change")
def announce_year(
    act: Act, code: str, *, year: int, expected_version: int | None = None, note: str = ""
) -> CalendarVersion:
    """Says that the holidays of ``year``, the first not announced yet, are now certain.

    Where the built-in list has the state's announcement it is taken over; else the days entered by hand count, and
    guesses about the year are taken away.

    Raises:
        Invalid: another year comes first, or neither the list nor anybody has days for the year.
        Conflict: somebody else has changed the calendar since ``expected_version``.
    """
    newest = newest_version(code, expected_version)
    following = newest.announced_through.year + 1
    if year != following:
        raise Invalid(message(_("The next year to announce is %(year)d."), year=following))
    statutory = Statutory(year, year + 1)
    known = rules_of(newest).filter(region="", day__year=year)
    entered = set(known.filter(announced=True).values_list("day", flat=True))
    if not statutory.announced(year) and not entered:
        text = _("The holidays of %(year)d are not in the built-in list yet. Enter them first, then announce the year.")
        raise Invalid(message(text, year=year))
    version = add_version(
        act,
        newest,
        change=Change.ANNOUNCED,
        note=note,
        effective_from=date(year, 1, 1),
        announced_through=date(year, 12, 31),
    )
    rules_of(newest).filter(region="", day__year__in=[year, year + 1], announced=False).update(until=version.number)
    _take_over(newest, version, statutory, entered)
    return tell_of(act, version)


def _take_over(newest: CalendarVersion, version: CalendarVersion, statutory: Statutory, entered: set[date]) -> None:
    """Adds the list's days where nobody entered others; guesses only for the year after."""
    year = version.announced_through.year
    later = set(rules_of(version).filter(region="", day__year=year + 1).values_list("day", flat=True))
    found = [
        one
        for one in statutory.exceptions()
        if one.day not in entered | later and (one.announced or one.day.year > year)
    ]
    add_rules(newest.calendar, found, since=version.number)
