"""A report's document as a paper: the same cells as on the screen and in Excel, in the same words."""

from __future__ import annotations

# Chinese data: the exact names and headings of the company's documents
from collections.abc import Iterator
from datetime import datetime

from huiyin.documents.public import Block, Column, Document, Fact, Facts, Heading, Paper, Sheet, Table
from huiyin.reports.rules.shown import holds_numbers, words_of

NO_ROWS = "无记录"
DRAFT_MARK = "草稿"


def paper_of(document: Document, made_at: datetime, *, draft: bool, digest: str = "") -> Paper:
    """The paper, on A4 across; a draft says so, a submitted one names the fingerprint of its Excel file."""
    return Paper(
        title=document.name,
        blocks=tuple(block for sheet in document.sheets for block in _blocks(sheet)),
        made_at=made_at,
        marks=(DRAFT_MARK,) if draft else (),
        foot=f"Excel 文件指纹（SHA-256）{digest}" if digest and not draft else "",
        landscape=True,
    )


def _blocks(sheet: Sheet) -> Iterator[Block]:
    yield Heading(sheet.name)
    if sheet.head:
        yield Facts(tuple(Fact(label, value) for label, value in sheet.head), across=2)
    columns = tuple(Column(column.heading, holds_numbers(column)) for column in sheet.columns)
    yield Table(columns, tuple(_row(sheet, number) for number in range(len(sheet.rows))), NO_ROWS)


def _row(sheet: Sheet, number: int) -> tuple[str, ...]:
    return tuple(words_of(cell, sheet.form(number, place)) for place, cell in enumerate(sheet.rows[number]))
