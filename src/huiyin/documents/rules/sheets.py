"""Plain tables: what a page shows, what Excel or CSV holds and what is frozen are the same cells."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

Cell = str | int | float | datetime | None


BY_ROW = "row"
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""How texts begin that a spreadsheet would take for formulas."""


@dataclass(frozen=True)
class Column:
    """One column: its exact heading, its width in characters and how numbers are shown (Excel's words).

    With the form ``row`` each row brings its own (``Sheet.row_forms``): a table of figures has scores and percents.
    """

    heading: str
    width: int = 12
    form: str = ""


@dataclass(frozen=True)
class Sheet:
    """One table with its heading lines (label, value) above it."""

    name: str
    head: tuple[tuple[str, str], ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row_forms: tuple[str, ...] = ()

    def form(self, row: int, place: int) -> str:
        """How the number in this cell is shown."""
        form = self.columns[place].form
        return self.row_forms[row] if form == BY_ROW else form


@dataclass(frozen=True)
class Document:
    """Tables under one exact name."""

    name: str
    sheets: tuple[Sheet, ...]


def to_json(document: Document) -> dict[str, Any]:
    """The document as JSON that :func:`from_json` reads back; moments become ISO 8601."""
    plain = asdict(document)
    for sheet in plain["sheets"]:
        sheet["rows"] = [
            [{"at": cell.isoformat()} if isinstance(cell, datetime) else cell for cell in row] for row in sheet["rows"]
        ]
    return plain


def _plain(cell: Cell) -> Any:
    return {"at": cell.isoformat()} if isinstance(cell, datetime) else cell


def from_json(data: dict[str, Any]) -> Document:
    """A document that was kept as JSON."""
    return Document(data["name"], tuple(_sheet(one) for one in data["sheets"]))


def _sheet(data: dict[str, Any]) -> Sheet:
    return Sheet(
        name=data["name"],
        head=tuple((label, value) for label, value in data["head"]),
        columns=tuple(Column(**column) for column in data["columns"]),
        rows=tuple(tuple(_cell(cell) for cell in row) for row in data["rows"]),
        row_forms=tuple(data["row_forms"]),
    )


def _cell(cell: Any) -> Cell:
    return datetime.fromisoformat(cell["at"]) if isinstance(cell, dict) else cell
