"""A batch: complete records to write in one transaction, column by column or record by record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from huiyin.foundation.actions import Act
from huiyin.imports.rules.cells import Reading
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

Span = tuple[int, int]


@dataclass
class Line:
    """One row: its number in the file, its cells as they stood, and the values read from them by field code."""

    row_no: int
    cells: list[str]
    values: dict[str, Any] = field(default_factory=dict)


@dataclass
class Record:
    """The rows that make one record (the lines of an invoice), never split between batches."""

    lines: list[Line]

    @property
    def first(self) -> dict[str, Any]:
        """The values of the first row."""
        return self.lines[0].values

    def value(self, code: str) -> Any:
        """The first value that any row gives for a field, or None."""
        for line in self.lines:
            if (found := line.values.get(code)) is not None:
                return found
        return None


@dataclass
class Table:
    """Rows column by column, those of a record beside each other: cells as they stood, and ``values`` by field code.

    A value is None where the cell says nothing; a field without a column is not in ``values``.
    """

    row_nos: list[int]
    columns: list[list[str]]
    values: dict[str, list[Any]] = field(default_factory=dict)

    def column(self, code: str) -> list[Any]:
        """The values of a field, None throughout if it has no column."""
        return self.values.get(code) or [None] * len(self.row_nos)

    def record(self, span: Span) -> Record:
        """The rows from one place up to another as a record."""
        return Record([self._line(place) for place in range(*span)])

    def _line(self, place: int) -> Line:
        cells = [column[place] for column in self.columns]
        values = {code: value for code, found in self.values.items() if (value := found[place]) is not None}
        return Line(self.row_nos[place], cells, values)


@dataclass(frozen=True)
class Refusal:
    """A row that is not taken, and why."""

    line: Line
    field: str
    why: Message


@dataclass
class Batch:
    """Complete records to write in one transaction, and what became of them.

    ``spans`` are the records in ``table`` whose rows are all readable. ``trial`` means: find out and count, write
    nothing. ``memory`` lives as long as the trial does, so that what an earlier batch would have written is known to a
    later one; it is empty at every batch of a real import. ``beside`` counts what was made on the way (customers that
    came with purchases), by message id.
    """

    act: Act
    table: Table
    spans: list[Span]
    options: Mapping[str, str]
    reading: Reading
    mapped: frozenset[str]
    trial: bool
    memory: dict[str, Any]
    new: int = 0
    changed: int = 0
    same: int = 0
    beside: Counter[str] = field(default_factory=Counter)
    refused: list[Refusal] = field(default_factory=list)

    @cached_property
    def records(self) -> list[Record]:
        """The records one by one, for kinds of which few come at once."""
        return [self.table.record(span) for span in self.spans]

    def refuse(self, record: Record, why: Message, *, field: str = "", line: Line | None = None) -> None:
        """Leaves a whole record out: ``line`` (else its first row) carries the reason, the others point to it."""
        cause = line or record.lines[0]
        self.refused.append(Refusal(cause, field, why))
        other = message(_("Left out with row %(row)s, which belongs to the same record."), row=cause.row_no)
        self.refused.extend(Refusal(each, "", other) for each in record.lines if each is not cause)

    def refuse_span(self, span: Span, why: Message, *, field: str = "") -> None:
        """Leaves out a record of the table, like :meth:`refuse`."""
        self.refuse(self.table.record(span), why, field=field)
