"""Cells of a list, said by the room that knows what stands in them, drawn by the web: a template walks too slowly."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple, TypedDict

Drawn = Literal["badge", "clock", "faint", "level", "person", "soft", "text", "when"]


class Cell(NamedTuple):
    """What stands in one cell: how it is drawn, with which values, and the classes of the cell.

    badge: tone, words · clock: due, warn · level: code, words · person: name, ``staff`` or ``customer`` ·
    when: a moment or None · text, soft, faint: words.
    """

    drawn: Drawn
    values: tuple[Any, ...]
    css: str = ""


class Row(TypedDict):
    """A row of a list: its key, the title that leads to it, the line below, what its box says, and its other cells."""

    pk: int
    title: str
    below: str
    choose: str
    cells: list[Cell]
