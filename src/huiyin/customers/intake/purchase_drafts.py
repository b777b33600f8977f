"""A purchase as it comes in: its rows put together, its amount worked out, its content fingerprinted."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from huiyin.imports.public import Batch, Line, Record
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

CENT = Decimal("0.01")
LINE_FIELDS = frozenset({"article_code", "description", "quantity", "unit_price", "line_amount", "shipping"})
PRICE_STEP = Decimal("0.0001")
HIGHEST = Decimal(10) ** 13


@dataclass
class LineDraft:
    """One article."""

    line_no: int
    article_code: str
    description: str
    quantity: Decimal
    unit_price: Decimal
    shipping: Decimal
    given: Decimal | None = None

    @property
    def amount(self) -> Decimal:
        """The amount the file gives for the line, else price times quantity; and shipping."""
        goods = self.quantity * self.unit_price if self.given is None else self.given
        return goods + self.shipping


@dataclass
class PurchaseDraft:
    """One purchase; ``has_lines`` is false when the file says nothing about articles, which then stay as they are."""

    record: Record
    number: str
    bought_at: datetime
    delivered_at: datetime | None
    store_id: int | None
    salesperson_id: int | None
    currency: str
    state: str
    amount: Decimal | None
    is_return: bool
    lines: list[LineDraft]
    has_lines: bool
    buyer_text: str
    customer_id: int | None = None
    id: int = 0
    lines_change: bool = True
    digest: str = ""
    lines_digest: str = field(default="")


def draft_purchase(batch: Batch, record: Record, stores: dict[str, int], staff: dict[str, int]) -> PurchaseDraft | None:
    """The draft of a record, or None and a refusal."""
    if not _one_buyer(batch, record):
        return None
    store = record.value("store") or batch.options.get("store", "")
    if store and store not in stores:
        batch.refuse(record, message(_("There is no store called “%(store)s”."), store=store), field="store")
        return None
    has_lines = bool(LINE_FIELDS & batch.mapped)
    lines = lines_of(record.lines) if has_lines else []
    amount = amount_of(record, lines, has_lines=has_lines)
    if amount is not None and abs(amount) >= HIGHEST:
        batch.refuse(record, message(_("The amount %(amount)s is too large to be true."), amount=amount))
        return None
    draft = PurchaseDraft(
        record=record,
        number=record.first["number"],
        bought_at=min(line.values["bought_at"] for line in record.lines),
        delivered_at=record.value("delivered_at"),
        store_id=stores.get(store),
        salesperson_id=staff.get(record.value("salesperson") or ""),
        currency=record.value("currency") or batch.options["currency"],
        state=record.value("state") or "done",
        amount=amount,
        is_return=is_return(batch.options.get("return_prefix", ""), record.first["number"], lines, amount),
        lines=lines,
        has_lines=has_lines,
        buyer_text="|".join(str(record.value(code) or "") for code in ("customer_number", "customer", "phone")),
    )
    draft.digest, draft.lines_digest = fingerprint(_head(draft)), lines_fingerprint(lines) if has_lines else ""
    return draft


def _one_buyer(batch: Batch, record: Record) -> bool:
    for code in ("customer", "customer_number"):
        if len({line.values[code] for line in record.lines if code in line.values}) > 1:
            batch.refuse(record, message(_("The rows of this purchase name different customers.")), field=code)
            return False
    return True


def lines_of(rows: Sequence[Line]) -> list[LineDraft]:
    """The articles in the order of the file; without a quantity it is one piece."""
    return [
        LineDraft(
            line_no=place,
            article_code=row.values.get("article_code", ""),
            description=row.values.get("description", ""),
            quantity=row.values.get("quantity", Decimal(1)),
            unit_price=_price(row.values),
            shipping=row.values.get("shipping", Decimal(0)),
            given=row.values.get("line_amount"),
        )
        for place, row in enumerate(rows, start=1)
    ]


def _price(values: Mapping[str, Any]) -> Decimal:
    """The price, or what the line's amount makes of it."""
    if "unit_price" in values or not values.get("quantity", 1):
        return Decimal(values.get("unit_price", 0))
    amount = Decimal(values.get("line_amount", 0))
    return (amount / Decimal(values.get("quantity", 1))).quantize(PRICE_STEP, ROUND_HALF_UP)


def amount_of(record: Record, lines: Sequence[LineDraft], *, has_lines: bool) -> Decimal | None:
    """The amount given for the whole purchase, else the sum of its lines, to the cent; None when neither is there."""
    given = record.value("amount")
    if given is None and not has_lines:
        return None
    total = given if given is not None else sum((line.amount for line in lines), Decimal(0))
    return Decimal(total).quantize(CENT, ROUND_HALF_UP)


def is_return(prefix: str, number: str, lines: Sequence[LineDraft], amount: Decimal | None) -> bool:
    """A return has a number with the prefix of returns, or takes back every article, or (without articles) money."""
    if prefix and number.startswith(prefix):
        return True
    if lines:
        return all(line.quantity < 0 for line in lines)
    return amount is not None and amount < 0


def _head(draft: PurchaseDraft) -> tuple[Any, ...]:
    return (
        draft.number, draft.bought_at.isoformat(), draft.delivered_at and draft.delivered_at.isoformat(),
        draft.store_id, draft.salesperson_id, draft.currency, draft.state, str(draft.amount), draft.is_return,
        draft.buyer_text,
    )  # fmt: skip


def lines_fingerprint(lines: Sequence[LineDraft]) -> str:
    """The same for the same articles in the same order."""
    return fingerprint(
        [(x.article_code, x.description, str(x.quantity), str(x.unit_price), str(x.shipping)) for x in lines]
    )


def fingerprint(content: object) -> str:
    """32 letters that stand for the content."""
    return hashlib.blake2b(repr(content).encode(), digest_size=16).hexdigest()
