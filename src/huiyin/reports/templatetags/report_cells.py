"""Cells of a report's preview, as Excel would show them."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from huiyin.reports.rules.sheets import Cell, Sheet

register = template.Library()


@register.simple_tag
def cell(value: Cell, sheet: Sheet, row: int, place: int) -> SafeString:
    """One cell: numbers to the right with the column's decimals."""
    form = sheet.form(row, place)
    if isinstance(value, datetime):
        return format_html('<td class="num nowrap">{}</td>', f"{value:%Y-%m-%d %H:%M}")
    if isinstance(value, (int, float)):
        return format_html('<td class="num">{}</td>', as_shown(value, form))
    return format_html("<td>{}</td>", value or "")


def as_shown(value: float, form: str) -> str:
    """A number in the form of its column (``0``, ``0.0``, ``0.00``, with ``+`` for changes)."""
    first = form.split(";", maxsplit=1)[0]
    digits = len(first.partition(".")[2])
    return f"{value:{'+' if first.startswith('+') and value else ''}.{digits}f}"
