"""Shifts of a person: the week that repeats, and single days that are different (ORG-4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.years import why_far
from huiyin.organisation.models import Shift, Staff
from huiyin.organisation.rules.shifts import DAYS_IN_WEEK, Day, day_from, said


@action("organisation.save_week", needs="organisation.change")
def save_week(act: Act, staff_id: int, *, week: Sequence[str]) -> Staff:
    """Saves the week that repeats, Monday first (``8:30-12:00, 13:00-17:30``); all seven empty: as the calendar.

    Raises:
        Invalid: there are not seven days, or one cannot be read.
    """
    staff = act.lock(Staff.objects.all(), staff_id)
    if len(week) != DAYS_IN_WEEK:
        raise Invalid(message(_("A week has seven days, %(count)d were given."), count=len(week)))
    days = _read({f"day_{number}": text for number, text in enumerate(week)})
    Shift.objects.filter(staff=staff, day=None).delete()
    Shift.objects.bulk_create(
        Shift(staff=staff, weekday=number, start=each.start, end=each.end)
        for number, shifts in enumerate(days)
        for each in shifts
    )
    act.record(staff, week=[said(day) for day in days])
    return staff


@action("organisation.save_day", needs="organisation.change")
def save_day(act: Act, staff_id: int, *, day: date, shifts: str) -> Staff:
    """Saves the shifts of one day that is different; empty takes it back. A day off is leave.

    Raises:
        Invalid: the shifts cannot be read, or the day lies centuries away.
    """
    staff = act.lock(Staff.objects.all(), staff_id)
    if far := why_far(day):
        raise Invalid(far, {"day": far})
    (found,) = _read({"shifts": shifts})
    Shift.objects.filter(staff=staff, day=day).delete()
    Shift.objects.bulk_create(Shift(staff=staff, day=day, start=each.start, end=each.end) for each in found)
    act.record(staff, day=day.isoformat(), shifts=said(found))
    return staff


def _read(texts: Mapping[str, str]) -> list[Day]:
    days: list[Day] = []
    wrong: dict[str, Message] = {}
    for name, text in texts.items():
        try:
            days.append(day_from(text))
        except Invalid as refusal:
            wrong[name] = refusal.why
    if wrong:
        raise Invalid(message(_("These shifts cannot be; nothing was changed.")), wrong)
    return days
