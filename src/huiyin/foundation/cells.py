"""Cells of a list, said by the room that knows what stands in them, drawn by the web: a template walks too slowly."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

Drawn = Literal["badge", "clock", "faint", "level", "person", "soft", "text", "when"]


class Cell(NamedTuple):
    """What stands in one cell: how it is drawn, with which values, and the classes of the cell.

    badge: tone, words · clock: due, warn · level: code, words · person: name, ``staff`` or ``customer`` ·
    when: a moment or None · text, soft, faint: words.
    """

    drawn: Drawn
    values: tuple[Any, ...]
    css: str = ""
