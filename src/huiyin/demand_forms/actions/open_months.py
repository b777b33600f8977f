"""Makes what each unit owes in a month, with its promise; once for all units, whenever the worker runs."""

from __future__ import annotations

from datetime import date, datetime, time

from huiyin.demand_forms.actions.counting import hand_in_by
from huiyin.demand_forms.models import DemandMonth, UnitMonth
from huiyin.demand_forms.queries.numbers import demand_numbers, numbers_of
from huiyin.demand_forms.queries.units import CompanyUnit, every_unit, hours, receiving_department
from huiyin.demand_forms.rules.month import months_to_open
from huiyin.foundation.actions import Act, action
from huiyin.promises.public import make_promises

MOST_AT_ONCE = 24  # after a long rest of the worker: months made up for in one go


@action("demand.open_months")
def open_months(act: Act) -> int:
    """Opens the running month and those missed since the last one; returns how many units owe something new.

    Repeatable. A unit that comes while a month is open joins the month after.
    """
    units = every_unit()
    return sum(_open(act, month, units) for month in _missing(act.now)) if units else 0


def _missing(now: datetime) -> list[date]:
    calendar = hours()
    today = now.astimezone(calendar.zone).date()
    newest = DemandMonth.objects.order_by("-month").values_list("month", flat=True).first()
    due_now = demand_numbers().monthly.due(today.replace(day=1), calendar).at
    return months_to_open(newest, today, due_now=due_now, now=now, most=MOST_AT_ONCE)


def _open(act: Act, month: date, units: list[CompanyUnit]) -> int:
    """One month for all units; nothing when another worker has just done it."""
    _opened, mine = DemandMonth.objects.get_or_create(month=month, defaults={"opened_at": act.now})
    if not mine:
        return 0
    receiver = receiving_department(month)
    rows = [row for unit in units if (row := _owed(unit, month, receiver)) is not None]
    UnitMonth.objects.bulk_create(rows)
    begins = datetime.combine(month, time(), hours().zone)
    promises = make_promises(act.call, [hand_in_by(row, begins) for row in rows])
    act.record_each((row, {"needed": row.needed, "due_at": row.due_at.isoformat()}) for row in rows)
    return len(promises)


def _owed(unit: CompanyUnit, month: date, receiver: int | None) -> UnitMonth | None:
    numbers = numbers_of(unit.key, receiver=receiver)
    if not numbers.forms:
        return None
    return UnitMonth(
        month=month,
        department_id=unit.key.department,
        store_id=unit.key.store,
        owner_id=unit.head,
        needed=numbers.forms,
        nothing_counts=numbers.nothing_counts,
        due_at=numbers.due(month, hours()).at,
    )
