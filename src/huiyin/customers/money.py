"""Amounts as people read them."""

from __future__ import annotations

from decimal import Decimal

SIGNS = {"CNY": "¥", "GBP": "£", "EUR": "€", "USD": "$", "BRL": "R$"}


def money(amount: Decimal, currency: str, *, cents: bool = True) -> str:
    """¥ 1,234.50, in China as elsewhere; the sign of the currency stands in front, a minus before it."""
    sign = SIGNS.get(currency, currency)
    return f"{'−' if amount < 0 else ''}{sign} {abs(amount):,.{2 if cents else 0}f}"
