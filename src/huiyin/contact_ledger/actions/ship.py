"""Puts the shipped contact rules in place."""

from __future__ import annotations

from datetime import date

from huiyin.contact_ledger.models import ContactRules
from huiyin.contact_ledger.rules.numbers import ContactNumbers, numbers_to
from huiyin.foundation.actions import Act, action

ALWAYS = date(2000, 1, 1)


@action("contacts.ship")
def ship(act: Act) -> int:
    """Adds the first version unless there is one; returns how many came new. Safe to repeat."""
    if ContactRules.objects.exists():
        return 0
    rules = ContactRules.objects.create(version=1, effective_from=ALWAYS, numbers=numbers_to(ContactNumbers()))
    act.record(rules)
    return 1
