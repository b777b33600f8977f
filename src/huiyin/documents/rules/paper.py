"""A sheet or report as plain data: headings, pairs, tables, signature lines. Every text in it is literal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True)
class Heading:
    """A part of the paper begins."""

    kind: ClassVar = "heading"
    text: str


@dataclass(frozen=True)
class Fact:
    """One label with its value; ``span`` of how many pairs it takes the place. Values may have several lines."""

    label: str
    value: str
    span: int = 1

    @property
    def cells(self) -> int:
        """How many columns of the grid its value covers: each pair has two."""
        return 2 * self.span - 1


@dataclass(frozen=True)
class Facts:
    """A form's grid, ``across`` pairs in a row; the last pair of a row takes what is left of it."""

    kind: ClassVar = "facts"
    facts: tuple[Fact, ...]
    across: int = 3

    @property
    def rows(self) -> tuple[tuple[Fact, ...], ...]:
        """The pairs row by row, each row ``across`` pairs wide."""
        rows: list[list[Fact]] = [[]]
        for fact in self.facts:
            if rows[-1] and _width(rows[-1]) + fact.span > self.across:
                rows.append([])
            rows[-1].append(Fact(fact.label, fact.value, min(fact.span, self.across)))
        return tuple(tuple(_filled(row, self.across)) for row in rows if row)


def _width(row: list[Fact]) -> int:
    return sum(fact.span for fact in row)


def _filled(row: list[Fact], across: int) -> Iterator[Fact]:
    yield from row[:-1]
    yield Fact(row[-1].label, row[-1].value, row[-1].span + across - _width(row))


@dataclass(frozen=True)
class Column:
    """A column's heading; numbers stand to the right."""

    heading: str
    number: bool = False


@dataclass(frozen=True)
class Table:
    """Rows under headings that are repeated on every page; ``empty`` stands in for no rows."""

    kind: ClassVar = "table"
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = ""

    @property
    def sided(self) -> tuple[tuple[tuple[str, bool], ...], ...]:
        """The rows, each text with whether it stands to the right."""
        sides = [column.number for column in self.columns]
        return tuple(tuple(zip(row, sides, strict=True)) for row in self.rows)


@dataclass(frozen=True)
class Words:
    """A paragraph."""

    kind: ClassVar = "words"
    text: str


@dataclass(frozen=True)
class Signatures:
    """Lines to sign on, side by side.

    ``drawn``: what stands on them already, by place, each a PNG of ``pictures.picture_of`` (empty: nothing yet); the
    page to print has the lines alone.
    """

    kind: ClassVar = "signatures"
    labels: tuple[str, ...]
    drawn: tuple[bytes, ...] = ()

    @property
    def lines(self) -> tuple[tuple[str, bytes], ...]:
        """Each label with what is drawn on its line."""
        return tuple(zip(self.labels, (*self.drawn, *(b"" for _none in self.labels)), strict=False))


Block = Heading | Facts | Table | Words | Signatures


@dataclass(frozen=True)
class Paper:
    """A whole paper on A4. Texts are in ``language`` (``zh-hans`` or ``en``) already.

    ``number`` stands beside the title and on every further page, ``marks`` (such as "recorded late") before the first
    block, ``foot`` on every page. With ``one_page`` the type shrinks until everything is on one page; what does not
    fit even then goes on, in readable type, on further pages that name the paper. ``made_at`` is the file's date.
    """

    title: str
    blocks: tuple[Block, ...]
    made_at: datetime
    language: str = "zh-hans"
    number: str = ""
    marks: tuple[str, ...] = ()
    foot: str = ""
    landscape: bool = False
    one_page: bool = False

    @property
    def tables(self) -> tuple[Table, ...]:
        """Its tables."""
        return tuple(block for block in self.blocks if isinstance(block, Table))
