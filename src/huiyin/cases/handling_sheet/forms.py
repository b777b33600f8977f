"""The forms in which the sheet is taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from huiyin.documents.public import (
    EXCEL_MIME,
    PDF_MIME,
    WORD_MIME,
    Cell,
    Document,
    Facts,
    Heading,
    Paper,
    Sheet,
    SheetColumn,
    Table,
    excel_of,
    pdf_of,
    word_of,
)
from huiyin.kernel.refusal import NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

ACROSS = 6
"""Columns of the sheet in Excel: as many as its widest table has."""


class Form(NamedTuple):
    """A media type and how a paper is drawn in it."""

    mime: str
    draw: Callable[[Paper], bytes]


def excel_sheet(paper: Paper) -> bytes:
    """The paper as one sheet of Excel: a fact a line, tables under their headings."""
    columns = tuple(SheetColumn("", width) for width in (22, 34, 24, 30, 14, 18))
    sheet = Sheet(paper.title, ((paper.title, paper.number),), columns, tuple(_lines(paper)))
    return excel_of(Document(paper.title, (sheet,)), paper.made_at)


def _lines(paper: Paper) -> Iterator[tuple[Cell, ...]]:
    for block in paper.blocks:
        if isinstance(block, Heading):
            yield _line(block.text)
        elif isinstance(block, Facts):
            yield from (_line(fact.label, fact.value) for fact in block.facts)
        elif isinstance(block, Table):
            yield _line(*(column.heading for column in block.columns))
            yield from (_line(*row) for row in block.rows)
    yield from (_line(text) for text in paper.foot.split("\n"))


def _line(*cells: str) -> tuple[Cell, ...]:
    return (*cells, *("" for _place in range(ACROSS - len(cells))))


FORMS = {"pdf": Form(PDF_MIME, pdf_of), "docx": Form(WORD_MIME, word_of), "xlsx": Form(EXCEL_MIME, excel_sheet)}


def form_called(ending: str) -> Form:
    """A form by its ending.

    Raises:
        NotFound: there is none.
    """
    found = FORMS.get(ending)
    if found is None:
        raise NotFound(message(_("A handling sheet comes as pdf, docx or xlsx.")))
    return found
