"""Puts the shipped numbers of gift checks in place."""

from __future__ import annotations

from datetime import date

from huiyin.foundation.actions import Act, action
from huiyin.promotions.models import GiftRules
from huiyin.promotions.rules.numbers import GiftNumbers, numbers_to

ALWAYS = date(2000, 1, 1)


@action("promotions.ship")
def ship(act: Act) -> int:
    """Adds the first version unless there is one; returns how many came new. Safe to repeat."""
    if GiftRules.objects.exists():
        return 0
    rules = GiftRules.objects.create(version=1, effective_from=ALWAYS, numbers=numbers_to(GiftNumbers()))
    act.record(rules)
    return 1
