"""Reads the cells of a batch: each different cell of a column once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

from huiyin.imports.batch import Batch, Span, Table
from huiyin.imports.kinds import Field, ImportKind
from huiyin.imports.rules.cells import Reading, Wrong
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

Mistakes = dict[int, tuple[str, Message]]


class Cells(dict[str, Any]):
    """What each different cell of a column says; asked for a new one it reads it. ``wrong`` has what cannot be read."""

    def __init__(self, field: Field, reading: Reading) -> None:
        super().__init__()
        self.field = field
        self.reading = reading
        self.wrong: dict[str, Message] = {}

    def __missing__(self, cell: str) -> Any:
        """Reads a cell not met before; None when it is empty or wrong."""
        try:
            self[cell] = self._read(cell)
        except Wrong as problem:
            self.wrong[cell] = problem.why
            self[cell] = None
        return self[cell]

    def _read(self, cell: str) -> Any:
        if not cell:
            if self.field.required:
                raise Wrong(message(_("A value is missing.")))
            return None
        if len(cell) > self.field.longest:
            raise Wrong(message(_("The text is longer than %(limit)s characters."), limit=self.field.longest))
        return self.field.parse(cell, self.reading)


def read_values(
    table: Table, kind: ImportKind, mapping: Mapping[str, int], headings: int, reading: Reading
) -> Mistakes:
    """Fills the values of a table; returns what is wrong by the row's place: the first thing only, in field order."""
    mistakes: Mistakes = {}
    for field in kind.fields:
        if field.code not in mapping:
            continue
        column, cells = table.columns[mapping[field.code]], Cells(field, reading)
        table.values[field.code] = list(map(cells.__getitem__, column))
        if cells.wrong:
            for place, cell in enumerate(column):
                if cell in cells.wrong:
                    mistakes.setdefault(place, (field.code, cells.wrong[cell]))
    for column in table.columns[headings:]:
        for place, cell in enumerate(column):
            if cell:
                mistakes.setdefault(place, ("", message(_("The row has more cells than the table has headings."))))
    return mistakes


def leave_out(batch: Batch, mistakes: Mistakes) -> None:
    """Refuses the records that have a row which cannot be read, because of the first such row."""
    starts = [start for start, _end in batch.spans]
    bad: dict[Span, int] = {}
    for place in sorted(mistakes):
        bad.setdefault(batch.spans[bisect_right(starts, place) - 1], place)
    for span, place in bad.items():
        record = batch.table.record(span)
        field, why = mistakes[place]
        batch.refuse(record, why, field=field, line=record.lines[place - span[0]])
    batch.spans = [span for span in batch.spans if span not in bad]
