"""The stores a viewer may choose between."""

from __future__ import annotations

from huiyin.kernel.actor import Actor, Scope
from huiyin.organisation.public import Store


def stores_for(actor: Actor) -> list[Store]:
    """All open stores; people of a store, only theirs."""
    rows = Store.objects.filter(is_open=True)
    if actor.scope is not Scope.ALL and actor.store_ids:
        rows = rows.filter(pk__in=actor.store_ids)
    return list(rows)
