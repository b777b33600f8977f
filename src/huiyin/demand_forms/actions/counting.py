"""Counts forms towards the month a unit owes, and takes them out again."""

from __future__ import annotations

from datetime import date, datetime

from huiyin.demand_forms.models import DemandForm, UnitMonth
from huiyin.demand_forms.rules.codes import HAND_IN
from huiyin.demand_forms.rules.month import first_of
from huiyin.demand_forms.rules.units import UnitKey
from huiyin.foundation.actions import Act
from huiyin.promises.public import Wanted, keep_promise, make_promises
from huiyin.working_time.public import Span, Unit


def count_in(act: Act, unit: UnitKey, today: date, title: str) -> UnitMonth | None:
    """Counts one form for the oldest month the unit still owes, else for the running one; the month, locked.

    None: the unit owes nothing this month and never did.
    """
    rows = UnitMonth.objects.filter(department=unit.department, store=unit.store, month__lte=first_of(today))
    owed = rows.filter(kept_at=None).order_by("month").first()
    found = owed or rows.filter(month=first_of(today)).first()
    if found is None:
        return None
    month = act.lock(UnitMonth.objects.all(), found.pk)
    month.handed_in += 1
    if month.kept_at is None and month.handed_in >= month.needed:
        month.kept_at = act.now
        keep_promise(act.call, kind=HAND_IN, subject=month, evidence=title)
    month.save(update_fields=["handed_in", "kept_at"])
    return month


def take_out(act: Act, form: DemandForm) -> None:
    """A withdrawn form counts no longer; what it alone had kept is owed again, with the same deadline."""
    if form.counts_for_id is None:
        return
    month = act.lock(UnitMonth.objects.all(), form.counts_for_id)
    month.handed_in -= 1
    again = month.kept_at is not None and not month.nothing_because and month.handed_in < month.needed
    if again:
        month.kept_at = None
    month.save(update_fields=["handed_in", "kept_at"])
    if again:
        make_promises(act.call, [hand_in_by(month)])


def hand_in_by(month: UnitMonth, begins: datetime | None = None) -> Wanted:
    """The promise of a unit for a month; its clock runs from ``begins`` (None: now)."""
    return Wanted(
        kind=HAND_IN,
        subject=month,
        span=Span(1, Unit.WORKING_DAYS),
        start=min(begins, month.due_at) if begins else None,
        due_at=month.due_at,
        owner=month.owner_id,
        department=month.department_id,
        store=month.store_id,
        title=f"{month.month:%Y-%m} {month.unit_name}",
    )
