"""Who sees which customer (ORG-3, PRV-1).

| person                                                        | sees                                            |
|---------------------------------------------------------------|-------------------------------------------------|
| scope ALL (director, quality, administrator, auditor), system | every customer                                  |
| agent, engineer or service manager without a store            | every customer: they answer the phone           |
| anyone with a store (store manager, agent in a store …)       | home store is theirs, or bought there           |
| other department managers                                     | customers their department has work for         |
| customers and strangers                                       | none                                            |

"Work for" is declared by the rooms above: ``customer_reach.py: REACH = [function(actor) -> queryset of customer ids]``;
it widens every line of the table. A customer merged into another is seen by nobody: its rows stand at the other one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from huiyin.foundation.discovery import discover
from huiyin.kernel.actor import Actor, ActorKind, Scope

if TYPE_CHECKING:
    from huiyin.customers.models.customer import Customer  # noqa: F401 - named in a string below
    from huiyin.customers.models.purchase import Purchase  # noqa: F401 - named in a string below

FIND_ALL = "customers.find_all"
Reach = Callable[[Actor], models.QuerySet[Any, Any]]


@cache
def reaches() -> tuple[Reach, ...]:
    """What rooms above declare as reasons to see a customer."""
    return tuple(reach for module in discover("customer_reach") for reach in module.REACH)


def sees_all(actor: Actor) -> bool:
    """Whether no customer is hidden from the actor."""
    if actor.kind is ActorKind.SYSTEM:
        return True
    if actor.kind is not ActorKind.STAFF:
        return False
    return actor.scope is Scope.ALL or (actor.may(FIND_ALL) and not actor.store_ids)


class VisibleCustomers(models.QuerySet["Customer"]):
    """Customers, as far as somebody sees them."""

    def visible_to(self, actor: Actor) -> VisibleCustomers:
        """Only the customers of the table above."""
        present = self.filter(merged_into=None)
        if sees_all(actor):
            return present
        if actor.kind is not ActorKind.STAFF:
            return present.none()
        return present.filter(_in_reach(actor))

    def listed_to(self, actor: Actor) -> VisibleCustomers:
        """The same customers as ``visible_to``, asked in the way that suits a list in order.

        ``visible_to`` looks at each row and is best for few; walking a million rows for the hundred of a small store is
        not. Here the keys are gathered first.
        """
        if sees_all(actor) or actor.kind is not ActorKind.STAFF:
            return self.visible_to(actor)
        return self.filter(merged_into=None, pk__in=_keys_in_reach(actor))


class VisiblePurchases(models.QuerySet["Purchase"]):
    """Purchases, as far as somebody sees them: of the own stores, and of every customer one sees."""

    def visible_to(self, actor: Actor) -> VisiblePurchases:
        """Only purchases of own stores and visible customers."""
        if sees_all(actor):
            return self
        if actor.kind is not ActorKind.STAFF:
            return self.none()
        from huiyin.customers.models.customer import Customer  # noqa: PLC0415 - both models know this module

        seen = Customer.objects.filter(_in_reach(actor), pk=OuterRef("customer_id"))
        return self.filter(Q(store_id__in=actor.store_ids) | Exists(seen))


def _keys_in_reach(actor: Actor) -> models.QuerySet[Any, Any]:
    """The keys of the customers that :func:`_in_reach` describes."""
    from huiyin.customers.models.customer import Customer  # noqa: PLC0415 - both models know this module
    from huiyin.customers.models.purchase import Purchase  # noqa: PLC0415

    at_home = Customer.objects.filter(home_store_id__in=actor.store_ids).values_list("pk")
    bought = Purchase.objects.filter(store_id__in=actor.store_ids, customer__isnull=False).values_list("customer_id")
    others = [Customer.objects.filter(pk__in=reach(actor)).values_list("pk") for reach in reaches()]
    return at_home.union(bought, *others)


def _in_reach(actor: Actor) -> Q:
    from huiyin.customers.models.purchase import Purchase  # noqa: PLC0415 - both models know this module

    bought_there = Purchase.objects.filter(customer_id=OuterRef("pk"), store_id__in=actor.store_ids)
    reach = Q(pk__in=[])
    if actor.store_ids:
        reach = Q(home_store_id__in=actor.store_ids) | Q(Exists(bought_there))
    for other in reaches():
        reach |= Q(pk__in=other(actor))
    return reach
