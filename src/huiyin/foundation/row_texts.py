"""What journal lines of rows say: texts of rows and of changes read back, and put together to the row as it must be."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_FIELD = re.compile(r'(?:"((?:[^"\\]|""|\\.)*)"|([^,"]*))(,|$)', re.DOTALL)
_DOUBLED = re.compile(r'""|\\(.)', re.DOTALL)
Values = dict[str, str | None]


@dataclass(frozen=True)
class Shape:
    """The columns a table had at some time."""

    names: tuple[str, ...]
    types: tuple[str, ...]


@dataclass(frozen=True)
class Saying:
    """One journal line of a row."""

    shape: Shape
    operation: str
    data: str

    @property
    def values(self) -> Values:
        """What the line says of columns, as text; of a change only the columns that changed."""
        if self.data.startswith("{"):
            return dict(json.loads(self.data))
        fields = zip(self.shape.names, fields_of(self.data), strict=True)
        if self.operation != "update":
            return dict(fields)
        return {name: text[1:] if text.startswith("=") else None for name, text in fields if text is not None}


def fields_of(row: str) -> list[str | None]:
    """The fields of a row as PostgreSQL writes it, quoted where needed; an empty field is none."""
    fields: list[str | None] = []
    for found in _FIELD.finditer(row, 1, len(row) - 1):
        quoted, plain, more = found.groups()
        fields.append(plain or None if quoted is None else _DOUBLED.sub(lambda pair: pair[1] or '"', quoted))
        if not more:
            break
    return fields


@dataclass(frozen=True)
class Expected:
    """A column's value by the journal, and the type it had then."""

    text: str | None
    type: str


def put_together(sayings: Iterable[Saying]) -> dict[str, Expected] | None:
    """The row that must be there after all these lines, oldest first; None when it must be gone."""
    row: dict[str, Expected] | None = None
    for saying in sayings:
        if saying.operation == "delete":
            row = None
            continue
        types = dict(zip(saying.shape.names, saying.shape.types, strict=True))
        said = {name: Expected(text, types.get(name, "")) for name, text in saying.values.items()}
        row = said if row is None or saying.operation == "insert" else {**row, **said}
    return row


def differences(expected: dict[str, Expected], shape: Shape, fields: Sequence[str | None]) -> list[tuple[str, str]]:
    """Columns that differ, as (name, present type); those that are gone or came later are left aside."""
    present = zip(shape.names, shape.types, fields, strict=True)
    return [(name, type_) for name, type_, text in present if name in expected and expected[name].text != text]
