"""Cells that a spreadsheet would run as a formula are defused on their way out."""

from __future__ import annotations

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")


def harmless(cell: str) -> str:
    """The cell with an apostrophe in front if it starts like a formula; plain negative numbers stay as they are."""
    if not cell.startswith(DANGEROUS):
        return cell
    try:
        float(cell.replace(",", ""))
    except ValueError:
        return f"'{cell}"
    return cell
