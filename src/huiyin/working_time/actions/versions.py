"""The frame of every change: lock the calendar, see that nobody was faster, add a version."""

from __future__ import annotations

from datetime import date

from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import Conflict, Invalid, NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.kernel.years import why_far
from huiyin.working_time.events import CalendarChanged
from huiyin.working_time.models import Calendar, CalendarVersion, Change
from huiyin.working_time.rules.writing import Pairs


def newest_version(code: str, expected: int | None) -> CalendarVersion:
    """The newest version of a calendar, with the calendar locked until the transaction ends.

    ``expected`` is the version the person had before their eyes (None: whichever is newest).

    Raises:
        NotFound: there is no such calendar.
        Conflict: somebody else has added a version meanwhile.
    """
    calendar = Calendar.objects.select_for_update(of=("self",)).filter(code=code).first()
    if calendar is None:
        raise NotFound
    newest = calendar.versions.select_related("calendar", "created_by").order_by("-number")[0]
    if expected is not None and expected != newest.number:
        raise _overtaken(newest)
    return newest


def sensible_day(day: date) -> date:
    """The day itself.

    Raises:
        Invalid: its year is a slip of the finger.
    """
    if why := why_far(day):
        raise Invalid(why)
    return day


def _overtaken(newest: CalendarVersion) -> Conflict:
    text = _(
        "%(name)s has changed this calendar meanwhile; it is at version %(version)d now. Nothing was saved. "
        "Your entry is still here: look at the new version, then send it again."
    )
    name = newest.created_by.name if newest.created_by else "Huiyin"
    return Conflict(message(text, name=name, version=newest.number))


def add_version(
    act: Act,
    newest: CalendarVersion,
    *,
    change: Change,
    note: str,
    effective_from: date,
    week: list[Pairs] | None = None,
    zone: str | None = None,
    announced_through: date | None = None,
) -> CalendarVersion:
    """Adds the version after ``newest`` and writes it into the history."""
    version = CalendarVersion.objects.create(
        calendar=newest.calendar,
        number=newest.number + 1,
        change=change,
        zone=zone or newest.zone,
        week=week,
        effective_from=effective_from,
        announced_through=announced_through or newest.announced_through,
        note=note,
        created_at=act.now,
        created_by_id=act.actor.id,
    )
    act.record(newest.calendar, reason=note, version=version.number, change=change.value)
    return version


def tell_of(act: Act, version: CalendarVersion) -> CalendarVersion:
    """Tells the rooms above of a version, once it stands with its days; nobody may reckon with it before."""
    act.emit(CalendarChanged(version.calendar.code, version.number, version.note))
    return version
