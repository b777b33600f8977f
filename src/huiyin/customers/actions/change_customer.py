"""Changes a customer's file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.customers.actions.fields import check_values
from huiyin.customers.models import Customer
from huiyin.customers.rules.names import sort_key
from huiyin.foundation.actions import Act, action


@action("customers.change", needs="customers.change")
def change_customer(act: Act, customer_id: int, *, values: Mapping[str, Any]) -> Customer:
    """Sets the given fields; what did not change leaves no history.

    Raises:
        Invalid: a value is not possible.
        NotFound: outside the actor's area.
    """
    customer = act.lock(Customer.objects.visible_to(act.actor), customer_id)
    checked = check_values(act, values)
    changed = sorted(name for name, value in checked.items() if getattr(customer, name) != value)
    if not changed:
        return customer
    for name in changed:
        setattr(customer, name, checked[name])
    customer.sort_key = sort_key(customer.name, person=customer.kind == "person")
    customer.save(update_fields=[*(name.removesuffix("_id") for name in changed), "sort_key"])
    act.record(customer, customer_id=customer.pk, fields=changed)
    return customer
