"""One table as comma-separated text that opens in a spreadsheet as it should."""

from __future__ import annotations

import csv
import io
from datetime import datetime

from huiyin.documents.rules.sheets import RISKY, Cell, Sheet

MARK = "\ufeff"
"""Tells Excel that the text is UTF-8."""


def csv_of(sheet: Sheet) -> str:
    """The table with its heading, without the lines above it; no cell of it can act as a formula."""
    buffer = io.StringIO()
    buffer.write(MARK)
    writer = csv.writer(buffer)
    writer.writerow([column.heading for column in sheet.columns])
    writer.writerows([_plain(cell) for cell in row] for row in sheet.rows)
    return buffer.getvalue()


def _plain(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.isoformat()
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(RISKY) else cell
