"""A cell as people read it: on the screen, in the PDF and in the Word file alike."""

from __future__ import annotations

from datetime import datetime

from huiyin.documents.rules.sheets import BY_ROW, Cell, Column


def words_of(cell: Cell, form: str) -> str:
    """A cell's text: numbers with their column's decimals, moments to the minute, nothing for nothing."""
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, (int, float)):
        return as_shown(cell, form)
    return cell or ""


def as_shown(value: float, form: str) -> str:
    """A number in the form of its column (``0``, ``0.0``, ``0.00``, with ``+`` for changes)."""
    first = form.split(";", maxsplit=1)[0]
    digits = len(first.partition(".")[2])
    return f"{value:{'+' if first.startswith('+') and value else ''}.{digits}f}"


def holds_numbers(column: Column) -> bool:
    """Whether a column holds numbers, which stand to the right."""
    return column.form.startswith(("0", "+", BY_ROW))
