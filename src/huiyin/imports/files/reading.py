"""Rows out of a file, one after the other, as lists of text with the row number a person sees in an editor."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import IO

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from huiyin.imports.files.limits import Bounded, Limits, Unreadable, too_big
from huiyin.imports.files.shape import Layout, Shape, shape_of
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

Row = tuple[int, list[str]]
CELL_LIMIT = 1024 * 1024
csv.field_size_limit(CELL_LIMIT)


def rows_of(path: Path, layout: Layout, limits: Limits) -> Iterator[Row]:
    """Every row that is not empty, headings included.

    Raises:
        Unreadable: the file is damaged, too large, or not in the encoding of the layout.
    """
    with readable():
        source = workbook_rows if shape_of(path) is Shape.WORKBOOK else text_rows
        for row_no, cells in source(path, layout, limits):
            if len(cells) > limits.max_columns:
                raise Unreadable(
                    message(_("Row %(row)s has more than %(limit)s columns."), row=row_no, limit=limits.max_columns)
                )
            if any(cells):
                yield row_no, cells


@contextmanager
def readable() -> Iterator[None]:
    """Turns what libraries raise about damaged files into one refusal."""
    try:
        yield
    except UnicodeDecodeError as error:
        why = message(
            _("The file is not written in %(encoding)s throughout. Choose another encoding."), encoding=error.encoding
        )
        raise Unreadable(why) from error
    except csv.Error as error:
        why = message(_("The table cannot be split into cells: a quotation mark is probably never closed."))
        raise Unreadable(why) from error
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, InvalidFileException, KeyError) as error:
        raise Unreadable(message(_("The file is damaged or incomplete. Save it again and try once more."))) from error


@contextmanager
def open_bytes(path: Path, limits: Limits) -> Iterator[IO[bytes]]:
    """The bytes of a text file, unpacked if it is packed, never more than allowed."""
    packed = shape_of(path) is Shape.PACKED_TEXT
    inner: IO[bytes] = gzip.open(path, "rb") if packed else path.open("rb")  # type: ignore[assignment]  # noqa: SIM115 - closed by Bounded
    bounded = Bounded(inner, limits.max_unpacked_bytes if packed else limits.max_file_bytes)
    with io.BufferedReader(bounded, 256 * 1024) as stream:
        yield stream


def text_rows(path: Path, layout: Layout, limits: Limits) -> Iterator[Row]:
    """Rows of a CSV file; a cell may span lines, its row has the number of its first line."""
    with open_bytes(path, limits) as stream:
        text = io.TextIOWrapper(stream, encoding=layout.encoding, errors="strict", newline="")
        spaced = layout.delimiter == " "
        reader = csv.reader(_without_zeros(text), delimiter=layout.delimiter or ",", skipinitialspace=spaced)
        before = 0
        for cells in reader:
            yield before + 1, list(map(str.strip, cells))
            before = reader.line_num


def _without_zeros(lines: Iterator[str] | io.TextIOWrapper) -> Iterator[str]:
    for line in lines:
        if "\0" in line:
            raise Unreadable(message(_("This is not a text file. Bring a CSV file or an Excel workbook (.xlsx).")))
        yield line


def workbook_rows(path: Path, layout: Layout, limits: Limits) -> Iterator[Row]:
    """Rows of one sheet; formulas give the values they had when the file was saved."""
    check_workbook(path, limits)
    with open_workbook(path, values=True) as book:
        sheet = book[layout.sheet] if layout.sheet in book.sheetnames else book.worksheets[0]
        sheet.reset_dimensions()
        for row_no, values in enumerate(sheet.iter_rows(values_only=True), start=1):
            yield row_no, cells_of(values)


@contextmanager
def open_workbook(path: Path, *, values: bool) -> Iterator[Workbook]:
    """A workbook to read row by row; ``values``: what formulas gave when it was saved, instead of the formulas.

    Opened as a stream, because openpyxl refuses a path without ``.xlsx`` and uploads are stored under plain names.
    """
    with path.open("rb") as stream:
        book = load_workbook(stream, read_only=True, data_only=values)
        try:
            yield book
        finally:
            book.close()


def check_workbook(path: Path, limits: Limits) -> None:
    """Looks into the packed file's table of contents before anything is unfolded.

    Raises:
        Unreadable: it would unfold beyond the limit.
    """
    with zipfile.ZipFile(path) as packed:
        if sum(entry.file_size for entry in packed.infolist()) > limits.max_unpacked_bytes // 4:
            raise too_big(limits.max_unpacked_bytes // 4)


def cells_of(values: tuple[object, ...]) -> list[str]:
    """A row of a workbook as text, without the empty cells at its end."""
    cells = [cell_text(value) for value in values]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def cell_text(value: object) -> str:
    """A cell's value as it would stand in a CSV file: ISO dates, 13085 rather than 13085.0."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    return str(value).strip()
