"""A cell of a report on the page, as its files show it."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from huiyin.documents.public import Cell, Sheet
from huiyin.reports.rules.shown import words_of

register = template.Library()


@register.simple_tag
def cell(value: Cell, sheet: Sheet, row: int, place: int) -> SafeString:
    """One cell: numbers to the right with the column's decimals."""
    words = words_of(value, sheet.form(row, place))
    if isinstance(value, datetime):
        return format_html('<td class="num nowrap">{}</td>', words)
    if isinstance(value, (int, float)):
        return format_html('<td class="num">{}</td>', words)
    return format_html("<td>{}</td>", words)
