"""Puts the shipped numbers and checks in place."""

from __future__ import annotations

from datetime import date

from huiyin.field_service.models import FieldRules
from huiyin.field_service.rules.numbers import FieldNumbers, checks_to, numbers_to
from huiyin.field_service.rules.shipped import CHECKS
from huiyin.foundation.actions import Act, action

ALWAYS = date(2000, 1, 1)


@action("field_service.ship")
def ship(act: Act) -> int:
    """Adds the first version unless there is one; returns how many came new. Safe to repeat."""
    if FieldRules.objects.exists():
        return 0
    content = {"numbers": numbers_to(FieldNumbers()), "checks": checks_to(CHECKS)}
    act.record(FieldRules.objects.create(version=1, effective_from=ALWAYS, **content))
    return 1
