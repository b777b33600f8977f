"""Purchases as far as somebody sees them."""

from __future__ import annotations

from django.db.models import QuerySet

from huiyin.customers.models import Customer, Purchase
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound


def purchase_seen_by(actor: Actor, purchase_id: int) -> Purchase:
    """The purchase, if the actor sees it.

    Raises:
        NotFound: there is none, or it is outside the actor's area.
    """
    rows = Purchase.objects.visible_to(actor).select_related("customer", "store", "salesperson")
    purchase = rows.filter(pk=purchase_id).first()
    if purchase is None:
        raise NotFound
    return purchase


def purchases_of(actor: Actor, customer: Customer) -> QuerySet[Purchase]:
    """A customer's purchases that the actor sees."""
    return Purchase.objects.visible_to(actor).filter(customer=customer)
