"""The list of customers: by name, or whoever fits a search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse

from huiyin.customers.models import Customer, Tier
from huiyin.customers.queries.file import ListedCustomer, customers_seen_by, listed
from huiyin.customers.queries.search import MOST, search_customers
from huiyin.foundation.keyset import KeysetPage, keyset
from huiyin.foundation.pages import Request, page, show
from huiyin.organisation.public import store_choices


@dataclass(frozen=True)
class CustomersPage:
    """Rows of the list and its filters; ``too_many`` when a search found more than is shown."""

    rows: list[ListedCustomer]
    pager: KeysetPage[Any] | None
    text: str
    tier: str
    store: str
    tiers: list[tuple[str, str]]
    stores: list[tuple[str, str]]
    too_many: int


@page("customers/", name="customers", needs="customers.see")
def customers_page(request: Request) -> HttpResponse:
    """Customers in the order of the alphabet, pinyin for Chinese names."""
    text = request.GET.get("q", "").strip()
    tier = request.GET.get("tier", "") if request.GET.get("tier") in Tier.values else ""
    store = request.GET.get("store", "") if request.GET.get("store", "").isdigit() else ""
    rows = customers_seen_by(request.actor, tier=tier, store_id=int(store) if store else None)
    shown, pager = _searched(request, rows, text) if text else _paged(request, rows)
    return show(
        request,
        "customers/customers.html",
        CustomersPage(
            rows=shown,
            pager=pager,
            text=text,
            tier=tier,
            store=store,
            tiers=[(value, str(label)) for value, label in Tier.choices],
            stores=store_choices(),
            too_many=MOST if text and len(shown) >= MOST else 0,
        ),
    )


def _searched(request: Request, rows: QuerySet[Customer, Any], text: str) -> tuple[list[ListedCustomer], None]:
    ids = search_customers(request.actor, text)
    place = {pk: index for index, pk in enumerate(ids)}
    found = sorted(rows.filter(pk__in=ids), key=lambda row: place[row.id])
    return [listed(row) for row in found], None


def _paged(request: Request, rows: QuerySet[Customer, Any]) -> tuple[list[ListedCustomer], KeysetPage[Any]]:
    pager = keyset(rows, order=("sort_key", "id"), after=request.GET.get("after"))
    return [listed(row) for row in pager.rows], pager
