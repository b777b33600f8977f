"""Purchases and their lines, many at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from huiyin.customers.intake.purchase_drafts import PurchaseDraft
from huiyin.customers.models import Purchase, PurchaseLine
from huiyin.foundation.actions import Act
from huiyin.foundation.copying import copy_rows, new_ids

HEAD = (
    "customer_id", "store_id", "salesperson_id", "bought_at", "delivered_at", "currency", "state", "is_return",
    "digest",
)  # fmt: skip
LINE = (
    "purchase_id", "line_no", "article_code", "description", "quantity", "unit_price", "shipping", "product_id",
)  # fmt: skip


def insert_purchases(act: Act, source: str, drafts: Sequence[PurchaseDraft]) -> list[int]:
    """Writes new purchases without their lines; returns their keys in order."""
    if not drafts:
        return []
    ids = new_ids(Purchase, len(drafts))
    columns = ("id", "source", "number", "amount", "lines_digest", "recorded_at", *HEAD)
    copy_rows(
        Purchase,
        columns,
        (
            (pk, source, d.number, d.amount or Decimal(0), d.lines_digest, act.now, *(getattr(d, n) for n in HEAD))
            for pk, d in zip(ids, drafts, strict=True)
        ),
    )
    return ids


def replace_purchases(drafts: Sequence[PurchaseDraft]) -> None:
    """Brings purchases that we have to what the file says now; changed lines go, to be written anew."""
    if not drafts:
        return
    kept = Purchase.objects.in_bulk([draft.id for draft in drafts])
    for draft in drafts:
        purchase = kept[draft.id]
        for name in HEAD:
            setattr(purchase, name, getattr(draft, name))
        if draft.amount is not None:
            purchase.amount = draft.amount
        if draft.has_lines:
            purchase.lines_digest = draft.lines_digest
    Purchase.objects.bulk_update(kept.values(), [*map(_field, HEAD), "amount", "lines_digest"], batch_size=500)
    PurchaseLine.objects.filter(purchase_id__in=[d.id for d in drafts if d.has_lines and d.lines_change]).delete()


def _field(column: str) -> str:
    return column.removesuffix("_id")


def insert_lines(drafts: Iterable[tuple[int, PurchaseDraft]], products: dict[str, int]) -> None:
    """Writes the lines of (purchase, draft), linked to products that we know."""
    copy_rows(
        PurchaseLine,
        LINE,
        (
            (pk, x.line_no, x.article_code, x.description, x.quantity, x.unit_price, x.shipping,
             products.get(x.article_code))
            for pk, draft in drafts
            if draft.lines_change
            for x in draft.lines
        ),
    )  # fmt: skip
