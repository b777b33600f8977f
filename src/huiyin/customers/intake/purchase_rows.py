"""Purchases and their lines, many at once."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import chain

from django.db import connection

from huiyin.customers.intake.articles import Articles
from huiyin.customers.intake.places import products_by_model
from huiyin.customers.intake.purchase_drafts import PurchaseDraft
from huiyin.customers.models import Purchase, PurchaseLine
from huiyin.foundation.actions import Act
from huiyin.foundation.copying import copy_columns, new_ids, update_rows

HEAD = (
    "customer_id", "store_id", "salesperson_id", "bought_at", "delivered_at", "currency", "state", "is_return",
    "digest",
)  # fmt: skip


def insert_purchases(act: Act, source: str, drafts: Sequence[PurchaseDraft]) -> None:
    """Writes new purchases without their lines; the drafts get their keys."""
    for draft, pk in zip(drafts, new_ids(Purchase, len(drafts)), strict=True):
        draft.id = pk
    columns = {name: [getattr(draft, name) for draft in drafts] for name in ("id", "number", "lines_digest", *HEAD)}
    copy_columns(
        Purchase,
        {
            **columns,
            "source": [source] * len(drafts),
            "amount": [draft.amount or Decimal(0) for draft in drafts],
            "recorded_at": [str(act.now)] * len(drafts),
        },
    )


def replace_purchases(drafts: Sequence[PurchaseDraft]) -> None:
    """Brings purchases that we have to what the file says now; what it does not say stays."""
    there = Purchase.objects.in_bulk([draft.id for draft in drafts])
    columns = {name: [getattr(draft, name) for draft in drafts] for name in ("id", *HEAD)}
    update_rows(
        Purchase,
        {
            **columns,
            "amount": [there[d.id].amount if d.amount is None else d.amount for d in drafts],
            "lines_digest": [d.lines_digest or there[d.id].lines_digest for d in drafts],
        },
    )


def delete_lines(purchases: Sequence[int]) -> None:
    """Lines go, to be written anew; in one statement, for Django would fetch them all before."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM customers_purchaseline WHERE purchase_id = ANY(%s)", [list(purchases)])


def insert_lines(articles: Articles, purchases: Sequence[tuple[int, Sequence[int]]]) -> None:
    """Writes the lines of (purchase, places of its articles), linked to products that we know."""
    places = list(chain.from_iterable(found for _pk, found in purchases))
    codes = [articles.codes[place] for place in places]
    products = products_by_model({*codes} - {""})
    copy_columns(
        PurchaseLine,
        {
            "purchase_id": [pk for pk, found in purchases for _ in found],
            "line_no": [number for _pk, found in purchases for number in range(1, len(found) + 1)],
            "article_code": codes,
            "description": [articles.descriptions[place] for place in places],
            "quantity": [articles.quantities[place] for place in places],
            "unit_price": [articles.prices[place] for place in places],
            "shipping": [articles.shipping[place] for place in places],
            "product_id": [products.get(code) for code in codes],
        },
    )
