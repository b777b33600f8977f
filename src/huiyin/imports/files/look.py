"""The first look into a file: encoding, separator, sheet, headings, and the first rows to show."""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import IO

from huiyin.imports.files.limits import Limits, Unreadable
from huiyin.imports.files.reading import Row, check_workbook, open_bytes, open_workbook, readable, rows_of
from huiyin.imports.files.shape import Layout, Shape, shape_of
from huiyin.imports.rules.encodings import Guess, guess_encoding
from huiyin.imports.rules.headings import Known, header_of, separator_of
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

CHUNK = 1024 * 1024
SHOWN = 40


@dataclass(frozen=True)
class Looked:
    """What was found. ``certain`` is false when a person has to choose the encoding among ``encodings``."""

    layout: Layout
    columns: list[str]
    rows: list[Row]
    certain: bool = True
    encodings: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    formulas_without_values: bool = False


def look(path: Path, fields: Sequence[Known], limits: Limits, wanted: Layout | None = None) -> Looked:
    """Looks into the file; what ``wanted`` says (a person's choice) is kept, the rest is found out.

    Raises:
        Unreadable: nothing sensible can be read.
    """
    with readable():
        if shape_of(path) is Shape.WORKBOOK:
            return _look_into_workbook(path, fields, limits, wanted)
        return _look_into_text(path, fields, limits, wanted)


def _look_into_text(path: Path, fields: Sequence[Known], limits: Limits, wanted: Layout | None) -> Looked:
    guess = _guess(path, limits)
    encoding = (wanted.encoding if wanted else "") or guess.encoding
    if not encoding:
        raise Unreadable(message(_("This is not a text file. Bring a CSV file or an Excel workbook (.xlsx).")))
    delimiter = (wanted.delimiter if wanted else "") or separator_of(_first_lines(path, encoding, limits))
    layout = Layout(encoding=encoding, delimiter=delimiter, header_row=wanted.header_row if wanted else 0)
    found = _with_headings(path, layout, fields, limits)
    chosen = bool(wanted and wanted.encoding)
    return replace(found, certain=guess.certain or chosen, encodings=guess.candidates)


def _guess(path: Path, limits: Limits) -> Guess:
    with open_bytes(path, limits) as stream:
        return guess_encoding(_chunks(stream))


def _chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK):
        yield chunk


def _first_lines(path: Path, encoding: str, limits: Limits) -> list[str]:
    """The first lines; a character cut in half at the end of the piece does not matter."""
    with open_bytes(path, limits) as stream:
        text = codecs.getincrementaldecoder(encoding)().decode(stream.read(CHUNK // 8))
    return text.splitlines(keepends=True)[:SHOWN]


def _look_into_workbook(path: Path, fields: Sequence[Known], limits: Limits, wanted: Layout | None) -> Looked:
    check_workbook(path, limits)
    with open_workbook(path, values=False) as book:
        sheets = tuple(sheet.title for sheet in book.worksheets)
        if not sheets:
            raise Unreadable(message(_("The workbook has no sheet with a table.")))
        sheet = wanted.sheet if wanted and wanted.sheet in sheets else sheets[0]
        book[sheet].reset_dimensions()
        written = [list(row) for row in islice(book[sheet].iter_rows(values_only=True), 200)]
    layout = Layout(encoding="", delimiter="", sheet=sheet, header_row=wanted.header_row if wanted else 0)
    found = _with_headings(path, layout, fields, limits)
    formulas = any(str(cell).startswith("=") for row in written for cell in row if cell is not None)
    return replace(found, sheets=sheets, formulas_without_values=formulas and _values_missing(path, layout, written))


def _values_missing(path: Path, layout: Layout, written: Sequence[Sequence[object]]) -> bool:
    """Whether a formula has no stored result: programs that write workbooks often leave them out."""
    with open_workbook(path, values=True) as book:
        book[layout.sheet].reset_dimensions()
        values = book[layout.sheet].iter_rows(values_only=True)
        return any(
            str(formula).startswith("=") and value is None
            for row, shown in zip(written, values, strict=False)
            for formula, value in zip(row, shown, strict=False)
        )


def _with_headings(path: Path, layout: Layout, fields: Sequence[Known], limits: Limits) -> Looked:
    rows = list(islice(rows_of(path, layout, limits), SHOWN))
    if not rows:
        raise Unreadable(message(_("The file is empty.")))
    numbers = [row_no for row_no, _cells in rows]
    chosen = layout.header_row in numbers
    index = numbers.index(layout.header_row) if chosen else header_of([cells for _no, cells in rows], fields)
    row_no, columns = rows[index]
    return Looked(replace(layout, header_row=row_no), columns, rows[index + 1 :])
