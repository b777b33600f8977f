"""Days off: planning and routing pass over people on leave (ORG-4)."""

from __future__ import annotations

from datetime import date

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.models import Leave, Staff


@action("organisation.add_leave", needs="organisation.change")
def add_leave(act: Act, staff_id: int, *, first_day: date, last_day: date, reason: str = "") -> Leave:
    """Notes days off, both ends included.

    Raises:
        Invalid: the last day comes before the first, or the days overlap with others of the same person.
    """
    staff = act.lock(Staff.objects.all(), staff_id)
    if last_day < first_day:
        order = message(_("The last day comes before the first."))
        raise Invalid(order, {"last_day": order})
    if Leave.objects.filter(staff=staff, first_day__lte=last_day, last_day__gte=first_day).exists():
        twice = message(_("Some of these days are noted as leave already."))
        raise Invalid(twice, {"first_day": twice})
    leave = Leave.objects.create(staff=staff, first_day=first_day, last_day=last_day, reason=reason)
    act.record(staff, first_day=first_day.isoformat(), last_day=last_day.isoformat())
    return leave


@action("organisation.cancel_leave", needs="organisation.change")
def cancel_leave(act: Act, leave_id: int) -> None:
    """Takes days off back."""
    leave = act.lock(Leave.objects.all(), leave_id)
    act.record(leave.staff, first_day=leave.first_day.isoformat(), last_day=leave.last_day.isoformat())
    leave.delete()
