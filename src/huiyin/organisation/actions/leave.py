"""Days off: planning and routing pass over people on leave (ORG-4)."""

from __future__ import annotations

from datetime import date

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.kernel.years import why_far
from huiyin.organisation.models import Leave, Staff


@action("organisation.add_leave", needs="organisation.note_leave")
def add_leave(
    act: Act, staff_id: int, *, first_day: date, last_day: date, reason: str = "", stand_in_id: int | None = None
) -> Leave:
    """Notes days off, both ends included; what falls due on them goes to the stand-in, else back to the department.

    Raises:
        Invalid: a day lies centuries away, the last day comes before the first, the days overlap with others of the
            same person, or the stand-in is the person, has left, or is away on all of these days.
    """
    staff = act.lock(Staff.objects.all(), staff_id)
    if far := {name: why for name, day in (("first_day", first_day), ("last_day", last_day)) if (why := why_far(day))}:
        raise Invalid(next(iter(far.values())), far)
    if last_day < first_day:
        order = message(_("The last day comes before the first."))
        raise Invalid(order, {"last_day": order})
    if Leave.objects.filter(staff=staff, first_day__lte=last_day, last_day__gte=first_day).exists():
        twice = message(_("Some of these days are noted as leave already."))
        raise Invalid(twice, {"first_day": twice})
    _check_stand_in(staff, first_day, last_day, stand_in_id)
    leave = Leave.objects.create(
        staff=staff, first_day=first_day, last_day=last_day, reason=reason, stand_in_id=stand_in_id
    )
    act.record(staff, first_day=first_day.isoformat(), last_day=last_day.isoformat())
    return leave


def _check_stand_in(staff: Staff, first_day: date, last_day: date, stand_in_id: int | None) -> None:
    if stand_in_id is None:
        return
    there = Staff.objects.filter(pk=stand_in_id, is_active=True).exclude(pk=staff.pk).exists()
    away = Leave.objects.filter(staff=stand_in_id, first_day__lte=first_day, last_day__gte=last_day).exists()
    if not there or away:
        wrong = message(_("Choose a colleague who is there while the other is away."))
        raise Invalid(wrong, {"stand_in_id": wrong})


@action("organisation.cancel_leave", needs="organisation.change")
def cancel_leave(act: Act, leave_id: int) -> None:
    """Takes days off back."""
    leave = act.lock(Leave.objects.all(), leave_id)
    act.record(leave.staff, first_day=leave.first_day.isoformat(), last_day=leave.last_day.isoformat())
    leave.delete()
