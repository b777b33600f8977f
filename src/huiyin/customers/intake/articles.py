"""Articles of imported purchases: what the rows of a batch say about goods, column by column."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from huiyin.imports.public import Table

CENT = Decimal("0.01")
PRICE_STEP = Decimal("0.0001")
NOTHING, ONE = Decimal(0), Decimal(1)
Numbers = list[Decimal | None]


@dataclass(frozen=True)
class Articles:
    """One article a row. ``amounts`` are those the file gives, else price times quantity, and shipping; ``prints``
    tell articles apart."""

    codes: list[str]
    descriptions: list[str]
    quantities: list[Decimal]
    prices: list[Decimal]
    shipping: list[Decimal]
    amounts: list[Decimal]
    prints: list[str]

    def total(self, places: Sequence[int]) -> Decimal:
        """The sum of the rows at these places, to the cent."""
        return sum([self.amounts[place] for place in places], NOTHING).quantize(CENT, ROUND_HALF_UP)

    def fingerprint(self, places: Sequence[int]) -> str:
        """The same for the same articles in the same order."""
        return fingerprint(f"[{', '.join([self.prints[place] for place in places])}]")

    def all_back(self, places: Sequence[int]) -> bool:
        """Whether every article goes back."""
        return all(self.quantities[place] < 0 for place in places)


def articles_of(table: Table) -> Articles:
    """The articles in the rows of a table; without a quantity it is one piece."""
    quantities = [ONE if found is None else found for found in table.column("quantity")]
    shipping = [NOTHING if found is None else found for found in table.column("shipping")]
    given: Numbers = table.column("line_amount")
    prices = _prices(table, given)
    goods = [
        quantity * price if amount is None else amount
        for quantity, price, amount in zip(quantities, prices, given, strict=True)
    ]
    codes = [found or "" for found in table.column("article_code")]
    descriptions = [found or "" for found in table.column("description")]
    return Articles(
        codes,
        descriptions,
        quantities,
        prices,
        shipping,
        amounts=[amount + extra for amount, extra in zip(goods, shipping, strict=True)],
        prints=[
            f"({code!r}, {description!r}, '{quantity}', '{price}', '{extra}')"
            for code, description, quantity, price, extra in zip(
                codes, descriptions, quantities, prices, shipping, strict=True
            )
        ],
    )


def _prices(table: Table, given: Numbers) -> list[Decimal]:
    """The prices, or what the amounts of the rows make of them."""
    columns = zip(table.column("unit_price"), table.column("quantity"), given, strict=True)
    return [price if price is not None else _worked_out(amount, quantity) for price, quantity, amount in columns]


def _worked_out(amount: Decimal | None, quantity: Decimal | None) -> Decimal:
    if quantity is not None and not quantity:
        return NOTHING
    return ((amount or NOTHING) / (quantity or ONE)).quantize(PRICE_STEP, ROUND_HALF_UP)


def fingerprint(content: str) -> str:
    """32 letters that stand for the content."""
    return hashlib.blake2b(content.encode(), digest_size=16).hexdigest()
