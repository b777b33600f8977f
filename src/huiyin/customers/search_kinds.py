"""What the search box finds in the customers room."""

from __future__ import annotations

from django.urls import reverse

from huiyin.customers.models import Customer, Purchase
from huiyin.customers.money import money
from huiyin.customers.queries.file import for_list, listed
from huiyin.customers.queries.search import search_customers
from huiyin.customers.search_slot import Hit, SearchKind
from huiyin.kernel.actor import Actor
from huiyin.kernel.words import gettext_noop as _

SHORTEST_NUMBER = 4


def find_customers(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Customers by name, number, phone, serial or purchase number."""
    ids = search_customers(actor, text, limit=limit)
    rows = for_list(Customer.objects.visible_to(actor).filter(pk__in=ids))
    place = {pk: index for index, pk in enumerate(ids)}
    return [
        Hit(
            href=reverse("customer", args=[row.id]),
            title=row.name,
            text=" · ".join(part for part in (row.number, row.phone, row.store) if part),
            badge=row.tier_label if row.tier == "vip" else "",
        )
        for row in sorted(map(listed, rows), key=lambda row: place[row.id])
    ]


def find_purchases(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Purchases whose number begins with the text."""
    number = text.strip()
    if len(number) < SHORTEST_NUMBER or not number.isascii():
        return []
    rows = Purchase.objects.visible_to(actor).filter(number__startswith=number).select_related("customer", "store")
    return [
        Hit(
            href=reverse("purchase", args=[row.pk]),
            title=row.number,
            text=" · ".join(
                [money(row.amount, row.currency), *([row.customer.name] if row.customer else []),
                 *([row.store.name] if row.store else [])]
            ),
        )
        for row in rows.order_by("number")[:limit]
    ]  # fmt: skip


SEARCH = [
    SearchKind("customer", _("Customers"), "users", "customers.see", find_customers, order=10, more="customers"),
    SearchKind("purchase", _("Purchases"), "shopping-bag", "customers.see", find_purchases, order=20),
]
