"""Writes a document as an Excel file; no cell of it can act as a formula or a link."""

from __future__ import annotations

# Chinese data: the exact names and headings of the company's documents
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter

from huiyin.documents.rules.sheets import RISKY, Cell, Column, Document, Sheet

Row = tuple[Cell, ...]
FONT = "微软雅黑"
HEADING: dict[str, object] = {"bold": True, "bottom": 1, "bg_color": "#EDF2F7", "text_wrap": True}
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


def write_excel(document: Document, made_at: datetime) -> bytes:
    """The file's bytes; ``made_at`` is its date of creation."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, OPTIONS)
    book.set_properties({"title": document.name, "created": made_at.replace(tzinfo=None)})
    forms = _Forms(book)
    for sheet in document.sheets:
        _write_sheet(book.add_worksheet(sheet.name), sheet, forms)
    book.close()
    return out.getvalue()


def write_long(
    path: str,
    name: str,
    head: Sequence[tuple[str, str]],
    columns: Sequence[Column],
    rows: Iterable[Row],
    made_at: datetime,
) -> int:
    """One long table straight into a file, row by row, without holding it in memory; returns how many rows.

    ``head`` are the lines (label, value) above it; ``name`` is also the sheet's.
    """
    book = xlsxwriter.Workbook(path, {**OPTIONS, "in_memory": False, "constant_memory": True})
    book.set_properties({"title": name, "created": made_at.replace(tzinfo=None)})
    forms, page, many = _Forms(book), book.add_worksheet(name[:31]), 0
    for place, column in enumerate(columns):
        page.set_column(place, place, column.width)
    first = _write_head(page, Sheet(name, tuple(head), tuple(columns), ()), forms)
    for many, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            _write_cell(page, (first + many - 1, place), cell, columns[place].form, forms)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    book.close()
    return many


class _Forms:
    """The file's cell formats, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def of(self, **wanted: object) -> Any:
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": FONT, "font_size": 10, "valign": "vcenter", **wanted})
        return self._made[key]


def _write_sheet(page: Any, sheet: Sheet, forms: _Forms) -> None:
    first = _write_head(page, sheet, forms)
    for number, row in enumerate(sheet.rows):
        for place, cell in enumerate(row):
            _write_cell(page, (first + number, place), cell, sheet.form(number, place), forms)
    page.set_landscape()
    page.fit_to_pages(1, 0)


def _write_head(page: Any, sheet: Sheet, forms: _Forms) -> int:
    """The lines above the table and its headings; returns the line of the first row."""
    line = 0
    for label, value in sheet.head:
        page.write_string(line, 0, label, forms.of(bold=True))
        page.write_string(line, 1, value, _text_form(forms, value))
        line += 1
    line += 1 if sheet.head else 0
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(
            line, place, column.heading, forms.of(bold=True, bottom=1, bg_color="#EDF2F7", text_wrap=True)
        )
    page.freeze_panes(line + 1, 0)
    return line + 1


def _write_cell(page: Any, at: tuple[int, int], cell: Cell, form: str, forms: _Forms) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, datetime):
        page.write_datetime(*at, cell, forms.of(num_format=form or "yyyy-mm-dd hh:mm"))
    elif isinstance(cell, (int, float)):
        page.write_number(*at, cell, forms.of(num_format=form or "General"))
    else:
        page.write_string(*at, cell, _text_form(forms, cell))


def _text_form(forms: _Forms, text: str) -> Any:
    """Text that looks like a formula also gets Excel's own mark that it is text, so that editing does not wake it."""
    return forms.of(quote_prefix=True) if text.startswith(RISKY) else forms.of()
