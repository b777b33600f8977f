"""What a file is, by its first bytes; its name is not trusted."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from huiyin.imports.files.limits import Unreadable
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


class Shape(StrEnum):
    """The shapes that can be read."""

    TEXT = "text"
    PACKED_TEXT = "packed text"
    WORKBOOK = "workbook"


@dataclass(frozen=True)
class Layout:
    """How to read one file: encoding and separator of a text, sheet of a workbook, row number of the headings."""

    encoding: str = "utf-8"
    delimiter: str = ","
    sheet: str = ""
    header_row: int = 1


def shape_of(path: Path) -> Shape:
    """The shape of a file.

    Raises:
        Unreadable: it is empty, an old Excel file, another packed file, or a document.
    """
    with path.open("rb") as stream:
        start = stream.read(8)
    if not start:
        raise Unreadable(message(_("The file is empty.")))
    if start.startswith(b"\x1f\x8b"):
        return Shape.PACKED_TEXT
    if start.startswith(b"PK"):
        return _workbook(path)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(message(_("This is an old Excel file (.xls). Open it and save it as .xlsx.")))
    if start.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf", b"{\\rtf")):
        raise Unreadable(message(_("This is not a text file. Bring a CSV file or an Excel workbook (.xlsx).")))
    return Shape.TEXT


def _workbook(path: Path) -> Shape:
    try:
        with zipfile.ZipFile(path) as packed:
            names = packed.namelist()
    except zipfile.BadZipFile:
        raise Unreadable(message(_("The file is damaged or incomplete. Save it again and try once more."))) from None
    if "xl/workbook.xml" not in names:
        raise Unreadable(message(_("This packed file is no Excel workbook. Unpack it and bring the file inside.")))
    return Shape.WORKBOOK
