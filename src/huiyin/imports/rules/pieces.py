"""Rows of a file packed many into one, and taken apart again column by column. No Django."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

BETWEEN = "\x1f"
SHOWN = "\u241f"  # a cell that holds the sign itself shows this picture of it
Columns = list[list[str]]


@dataclass(frozen=True)
class Piece:
    """Rows that follow each other in a file, or later rows of a record that began in an earlier piece.

    ``firsts`` says of each row with which row its record begins. ``cells`` are all cells, ``width`` to a row.
    """

    row_nos: list[int]
    firsts: list[int]
    width: int
    cells: str

    @property
    def fresh(self) -> bool:
        """Whether its records begin here."""
        return self.firsts[0] == self.row_nos[0]


def packed(rows: Sequence[Sequence[str]], width: int) -> tuple[int, str]:
    """All cells as one text, and how many make a row: at least ``width``, short rows are filled up."""
    lengths = set(map(len, rows))
    widest = max(width, *lengths)
    if lengths != {widest}:
        rows = [[*row, *[""] * (widest - len(row))] for row in rows]
    text = BETWEEN.join(chain.from_iterable(rows))
    if text.count(BETWEEN) >= widest * len(rows):
        rows = [[cell.replace(BETWEEN, SHOWN) for cell in row] for row in rows]
        text = BETWEEN.join(chain.from_iterable(rows))
    return widest, text


def columns_of(piece: Piece) -> Columns:
    """The cells of a piece, column by column."""
    flat = piece.cells.split(BETWEEN)
    return [flat[place :: piece.width] for place in range(piece.width)]


def keys_of(
    columns: Columns | Mapping[int, list[str]], alternatives: Sequence[Sequence[int]], rows: int
) -> list[int | None]:
    """What makes rows one record: a number for the values of the first alternative without an empty cell."""
    keys: list[int | None] = [None] * rows
    for place, group in enumerate(alternatives):
        found = zip(*(columns[column] for column in group), strict=True)
        numbers = [hash((place, *values)) if all(values) else None for values in found]
        keys = [other if key is None else key for key, other in zip(keys, numbers, strict=True)]
    return keys


def pieces_of(row_nos: list[int], firsts: list[int], rows: Sequence[Sequence[str]], width: int) -> Iterator[Piece]:
    """The piece of the rows whose records begin among them, and one for each record that began before them."""
    if min(firsts) >= row_nos[0]:
        yield Piece(row_nos, firsts, *packed(rows, width))
        return
    groups: dict[int, list[int]] = {}
    for place, first in enumerate(firsts):
        groups.setdefault(first if first < row_nos[0] else 0, []).append(place)
    for places in groups.values():
        chosen = packed([rows[place] for place in places], width)
        yield Piece([row_nos[place] for place in places], [firsts[place] for place in places], *chosen)


def in_order(pieces: Sequence[Piece]) -> tuple[list[int], list[int], Columns]:
    """Row numbers, first rows and columns of all pieces together, the rows of a record beside each other."""
    row_nos = [row_no for piece in pieces for row_no in piece.row_nos]
    firsts = [first for piece in pieces for first in piece.firsts]
    columns = _joined(pieces)
    if all(a <= b for a, b in pairwise(firsts)):
        return row_nos, firsts, columns
    order = sorted(range(len(row_nos)), key=lambda place: (firsts[place], row_nos[place]))
    return (
        [row_nos[place] for place in order],
        [firsts[place] for place in order],
        [[column[place] for place in order] for column in columns],
    )


def _joined(pieces: Sequence[Piece]) -> Columns:
    width = max((piece.width for piece in pieces), default=0)
    columns: Columns = [[] for _ in range(width)]
    for piece in pieces:
        found = columns_of(piece)
        found.extend([""] * len(piece.row_nos) for _ in range(width - piece.width))
        for column, more in zip(columns, found, strict=True):
            column.extend(more)
    return columns
