"""The door of the documents room; the libraries behind it are loaded when a file is drawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from huiyin.documents.labels import Label, labels_pdf
from huiyin.documents.pdf import PDF_MIME, pdf_of, type_size
from huiyin.documents.pictures import picture_of
from huiyin.documents.rules.comma_separated import csv_of
from huiyin.documents.rules.paper import Block, Column, Fact, Facts, Heading, Paper, Signatures, Table, Words
from huiyin.documents.rules.sheets import BY_ROW, Cell, Document, Sheet, from_json, to_json
from huiyin.documents.rules.sheets import Column as SheetColumn

EXCEL_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WORD_MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word_of(paper: Paper) -> bytes:
    """The paper as a Word file."""
    from huiyin.documents.word.file import write_word  # noqa: PLC0415 - lxml and python-docx only when needed

    return write_word(paper)


def excel_of(document: Document, made_at: datetime) -> bytes:
    """Tables as an Excel file, one sheet each; ``made_at`` is its date of creation."""
    from huiyin.documents.excel import write_excel  # noqa: PLC0415 - XlsxWriter only when needed

    return write_excel(document, made_at)


def excel_file(
    path: str,
    name: str,
    head: Sequence[tuple[str, str]],
    columns: Sequence[SheetColumn],
    rows: Iterable[tuple[Cell, ...]],
    made_at: datetime,
) -> int:
    """One long table straight into an Excel file, row by row in constant memory; returns how many rows."""
    from huiyin.documents.excel import write_long  # noqa: PLC0415 - XlsxWriter only when needed

    return write_long(path, name, head, columns, rows, made_at)


__all__ = [
    "BY_ROW",
    "EXCEL_MIME",
    "PDF_MIME",
    "WORD_MIME",
    "Block",
    "Cell",
    "Column",
    "Document",
    "Fact",
    "Facts",
    "Heading",
    "Label",
    "Paper",
    "Sheet",
    "SheetColumn",
    "Signatures",
    "Table",
    "Words",
    "csv_of",
    "excel_file",
    "excel_of",
    "from_json",
    "labels_pdf",
    "pdf_of",
    "picture_of",
    "to_json",
    "type_size",
    "word_of",
]
