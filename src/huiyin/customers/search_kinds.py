"""What the search box finds in the customers room."""

from __future__ import annotations

from django.urls import reverse

from huiyin.customers.models import Tier
from huiyin.customers.money import money
from huiyin.customers.queries.search import found_customers, found_purchases
from huiyin.customers.search_slot import Hit, SearchKind
from huiyin.kernel.actor import Actor
from huiyin.kernel.words import gettext_noop as _

SHORTEST_NUMBER = 4


def find_customers(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Customers by name, number, phone, serial or purchase number."""
    return [
        Hit(
            href=reverse("customer", args=[row.id]),
            title=row.name,
            text=" · ".join(part for part in (row.number, row.phone, row.store) if part),
            badge=str(Tier.VIP.label) if row.tier == Tier.VIP else "",
        )
        for row in found_customers(actor, text, limit)
    ]


def find_purchases(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Purchases whose number begins with the text."""
    number = text.strip()
    if len(number) < SHORTEST_NUMBER or not number.isascii():
        return []
    return [
        Hit(
            href=reverse("purchase", args=[row.id]),
            title=row.number,
            text=" · ".join(part for part in (money(row.amount, row.currency), row.customer, row.store) if part),
        )
        for row in found_purchases(actor, number, limit)
    ]


SEARCH = [
    SearchKind("customer", _("Customers"), "users", "customers.see", find_customers, order=10, more="customers"),
    SearchKind("purchase", _("Purchases"), "shopping-bag", "customers.see", find_purchases, order=20),
]
