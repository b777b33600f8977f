"""Which numbers hold for a unit."""

from __future__ import annotations

from huiyin.demand_forms.models import DemandNumbers, UnitNumbers
from huiyin.demand_forms.rules.month import MonthlyNumbers
from huiyin.demand_forms.rules.units import UnitKey
from huiyin.foundation.kept import kept
from huiyin.kernel.actor import Actor


@kept
def demand_numbers() -> DemandNumbers:
    """The numbers for every unit; as shipped where the company has none yet."""
    return DemandNumbers.objects.order_by("pk").first() or DemandNumbers()


@kept
def exceptions() -> dict[UnitKey, MonthlyNumbers]:
    """The units that owe something else."""
    return {row.unit: row.monthly for row in UnitNumbers.objects.all()}


def numbers_of(unit: UnitKey, *, receiver: int | None) -> MonthlyNumbers:
    """What a unit owes each month. The department that receives the forms owes none unless it is said otherwise."""
    found = exceptions().get(unit)
    if found is not None:
        return found
    general = demand_numbers().monthly
    if unit.department is not None and unit.department == receiver:
        return MonthlyNumbers(0, general.working_day, general.at, general.nothing_counts)
    return general


def unit_numbers(actor: Actor) -> list[UnitNumbers]:
    """The exceptions with their units' names, for those who may see forms."""
    rows = UnitNumbers.objects.select_related("department", "store").order_by("department__code", "store__code")
    return list(rows) if actor.may("demand.see") else []
