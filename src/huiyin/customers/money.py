"""Amounts as people read them."""

from __future__ import annotations

from decimal import Decimal

from django.utils.formats import number_format

SIGNS = {"CNY": "¥", "GBP": "£", "EUR": "€", "USD": "$", "BRL": "R$"}


def money(amount: Decimal, currency: str) -> str:
    """¥ 1,234.50; the sign of the currency stands in front, a minus before it."""
    sign = SIGNS.get(currency, currency)
    text = number_format(abs(amount), decimal_pos=2, use_l10n=True, force_grouping=True)
    return f"{'−' if amount < 0 else ''}{sign} {text}"
