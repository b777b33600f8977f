"""Puts the shipped numbers in place."""

from __future__ import annotations

from huiyin.demand_forms.models import DemandNumbers
from huiyin.foundation.actions import Act, action


@action("demand.ship")
def ship(act: Act) -> int:
    """Adds the numbers for every unit where there are none; returns how many rows came new. Repeatable."""
    if DemandNumbers.objects.exists():
        return 0
    act.record(DemandNumbers.objects.create())
    return 1
