"""A purchase as it comes in: its rows put together, its amount worked out, its content fingerprinted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from huiyin.customers.intake.articles import CENT, Articles, articles_of, fingerprint
from huiyin.imports.public import Batch, Span
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

LINE_FIELDS = frozenset({"article_code", "description", "quantity", "unit_price", "line_amount", "shipping"})
HIGHEST = Decimal(10) ** 13
BUYER = ("customer_number", "customer", "customer_name", "phone")


Naming = tuple[str, str, str, str]


class Buyer(NamedTuple):
    """The buyer as a purchase names him."""

    number: str
    external: str
    name: str
    phone: str
    store_id: int | None

    @property
    def known_again(self) -> bool:
        """Whether two purchases that name him so are his for certain."""
        return bool(self.number or self.external or self.phone)


@dataclass(slots=True)
class PurchaseDraft:
    """One purchase. ``amount`` and ``lines_digest`` are empty when the file says nothing about articles, which then
    stay as they are; ``buyer`` when it names nobody."""

    span: Span
    number: str
    bought_at: datetime
    delivered_at: datetime | None
    store_id: int | None
    salesperson_id: int | None
    currency: str
    state: str
    amount: Decimal | None
    is_return: bool
    lines_digest: str
    buyer: Buyer | None
    digest: str = ""
    customer_id: int | None = None
    id: int = 0
    lines_change: bool = True

    @property
    def places(self) -> range:
        """Where its rows stand in the batch."""
        return range(*self.span)


class Drafting:
    """Makes drafts of the records of a batch; each field is looked up for all of them at once."""

    def __init__(self, batch: Batch, stores: Mapping[str, int], staff: Mapping[str, int]) -> None:
        self.batch = batch
        self.values = batch.table.values
        self.stores = stores
        self.staff = staff
        self.articles: Articles = articles_of(batch.table)
        self.has_lines = bool(LINE_FIELDS & batch.mapped)
        self.prefix = batch.options.get("return_prefix", "")

    def drafts(self) -> list[PurchaseDraft]:
        """The drafts of all records that make sense; the others are refused."""
        self.batch.spans = [span for span in self.batch.spans if self._one_buyer(span)]
        fields = zip(
            self.batch.spans,
            self._firsts("delivered_at"),
            self._firsts("store", self.batch.options.get("store", "")),
            self._firsts("salesperson"),
            self._firsts("currency", self.batch.options["currency"]),
            self._firsts("state", "done"),
            self._firsts("amount"),
            self._buyers(),
            strict=True,
        )
        return [draft for each in fields if (draft := self._draft(*each)) is not None]

    def _draft(
        self, span: Span, delivered_at: datetime | None, store: str, salesperson: str | None, currency: str, state: str,
        given: Decimal | None, buyer: Naming | None,
    ) -> PurchaseDraft | None:  # fmt: skip
        amount = self._amount(span, given)
        if not self._sensible(span, store, amount):
            return None
        number, store_id = self.values["number"][span[0]], self.stores.get(store)
        draft = PurchaseDraft(
            span=span,
            number=number,
            bought_at=min(self.values["bought_at"][span[0] : span[1]]),
            delivered_at=delivered_at,
            store_id=store_id,
            salesperson_id=self.staff.get(salesperson or ""),
            currency=currency,
            state=state,
            amount=amount,
            is_return=self._is_return(span, number, amount),
            lines_digest=self.articles.fingerprint(range(*span)) if self.has_lines else "",
            buyer=None if buyer is None else Buyer(*buyer, store_id),
        )
        draft.digest = fingerprint(repr(_head(draft)))
        return draft

    def _firsts(self, code: str, default: Any = None) -> list[Any]:
        """For each record the first value that any row gives for a field, or the default."""
        column = self.values.get(code)
        if column is None:
            return [default] * len(self.batch.spans)
        return [
            found if (found := column[start]) is not None else _later(column[start:end], default)
            for start, end in self.batch.spans
        ]

    def _buyers(self) -> list[Naming | None]:
        """For each record how it names the buyer, or None."""
        said = zip(*(self._firsts(code, "") for code in BUYER), strict=True)
        return [naming if any(naming) else None for naming in said]

    def _one_buyer(self, span: Span) -> bool:
        for code in ("customer", "customer_number"):
            column = self.values.get(code)
            if column is not None and len({*column[slice(*span)]} - {None}) > 1:
                why = message(_("The rows of this purchase name different customers."))
                self.batch.refuse_span(span, why, field=code)
                return False
        return True

    def _sensible(self, span: Span, store: str, amount: Decimal | None) -> bool:
        if store and store not in self.stores:
            why = message(_("There is no store called “%(store)s”."), store=store)
            self.batch.refuse_span(span, why, field="store")
            return False
        if amount is not None and abs(amount) >= HIGHEST:
            self.batch.refuse_span(span, message(_("The amount %(amount)s is too large to be true."), amount=amount))
            return False
        return True

    def _amount(self, span: Span, given: Decimal | None) -> Decimal | None:
        """The amount given for the whole purchase, else the sum of its lines; None when neither is there."""
        if given is not None:
            return given.quantize(CENT, ROUND_HALF_UP)
        return self.articles.total(range(*span)) if self.has_lines else None

    def _is_return(self, span: Span, number: str, amount: Decimal | None) -> bool:
        """A return has a number with their prefix, or takes back every article, or (without articles) money."""
        if self.prefix and number.startswith(self.prefix):
            return True
        if self.has_lines:
            return self.articles.all_back(range(*span))
        return amount is not None and amount < 0


def _later(values: list[Any], default: Any) -> Any:
    return next((value for value in values if value is not None), default)


def _head(draft: PurchaseDraft) -> tuple[Any, ...]:
    buyer = draft.buyer
    return (
        draft.number, draft.bought_at.isoformat(), draft.delivered_at and draft.delivered_at.isoformat(),
        draft.store_id, draft.salesperson_id, draft.currency, draft.state, str(draft.amount), draft.is_return,
        f"{buyer.number}|{buyer.external}|{buyer.phone}" if buyer else "||",
    )  # fmt: skip
