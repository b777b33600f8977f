"""Whom a form is about: customers chosen one by one, or a group of buyers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Max, Q, QuerySet

from huiyin.customers.public import Customer, Purchase, PurchaseLine, PurchaseState, mask_name, search_customers
from huiyin.demand_forms.queries.units import hours
from huiyin.demand_forms.rules.checking import Group
from huiyin.demand_forms.rules.units import UnitKey
from huiyin.kernel.actor import Actor

FOUND_AT_ONCE = 12


@dataclass(frozen=True)
class ShownCustomer:
    """A customer as somebody may see it; ``seen`` False: the name is masked and leads nowhere."""

    id: int
    name: str
    number: str
    store: str
    seen: bool = True


@dataclass(frozen=True)
class ChosenGroup:
    """The keys of a group's customers, and how many want no contact and were left out."""

    customers: tuple[int, ...]
    silent: int


def customers_found(actor: Actor, text: str) -> list[ShownCustomer]:
    """The first customers within the actor's area that fit a search."""
    ids = search_customers(actor, text, limit=FOUND_AT_ONCE) if text.strip() else []
    return shown_customers(actor, ids)


def shown_customers(actor: Actor, ids: Sequence[int]) -> list[ShownCustomer]:
    """Customers in the order given; those outside the actor's area are masked."""
    rows = Customer.objects.filter(pk__in=ids).select_related("home_store")
    known = {row.pk: row for row in rows}
    seen = seen_among(actor, ids)
    return [shown(known[pk], pk in seen) for pk in dict.fromkeys(ids) if pk in known]


def shown(customer: Customer, seen: bool) -> ShownCustomer:
    """One customer, masked where it lies outside the reader's area."""
    store = customer.home_store.name if customer.home_store else ""
    if seen:
        return ShownCustomer(customer.pk, customer.name, customer.number, store)
    return ShownCustomer(customer.pk, mask_name(customer.name), "", store, seen=False)


def seen_among(actor: Actor, ids: Sequence[int]) -> set[int]:
    """Those of these customers that lie within the actor's area."""
    return set(Customer.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True))


def group_of(unit: UnitKey, group: Group) -> ChosenGroup:
    """The newest buyers that fit, at most as many as the group says.

    A store's group are buyers of that store; a department's may have bought anywhere, though the department does not
    see who they are. Who wants no contact is left out and counted.
    """
    buyers = Customer.objects.filter(merged_into=None, pk__in=_buyers(unit, group).values("customer"))
    if group.tier:
        buyers = buyers.filter(tier=group.tier)
    silent = buyers.filter(do_not_contact=True).count()
    rows = _buyers(unit, group).filter(customer__in=buyers.filter(do_not_contact=False))
    newest = rows.values("customer").annotate(last=Max("bought_at")).order_by("-last", "customer")
    return ChosenGroup(tuple(row["customer"] for row in newest[: group.most]), silent)


def _buyers(unit: UnitKey, group: Group) -> QuerySet[Purchase]:
    zone = hours().zone
    rows = Purchase.objects.filter(
        customer__isnull=False,
        is_return=False,
        state=PurchaseState.DONE,
        bought_at__gte=datetime.combine(group.bought_from, time(), zone),
        bought_at__lt=datetime.combine(group.bought_until + timedelta(days=1), time(), zone),
    )
    if unit.store is not None:
        rows = rows.filter(store=unit.store)
    if group.amount_from is not None:
        rows = rows.filter(amount__gte=group.amount_from)
    return rows.filter(pk__in=_lines(group.product).values("purchase")) if group.product else rows


def _lines(product: str) -> QuerySet[PurchaseLine]:
    named = Q(product__model__icontains=product) | Q(product__name__icontains=product)
    return PurchaseLine.objects.filter(named | Q(article_code__icontains=product) | Q(description__icontains=product))
