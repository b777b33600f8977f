"""What a room declares to have files imported: fields, options, ready-made mappings and how records are written.

A room puts one file per kind into ``<room>/import_kinds/`` with ``KIND = ImportKind(...)``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from huiyin.foundation.actions import Act
from huiyin.foundation.discovery import discover
from huiyin.imports.rules.cells import Reading, Wrong, text
from huiyin.imports.rules.headings import Known
from huiyin.kernel.refusal import NotFound
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

Parse = Callable[[str, Reading], Any]


@dataclass(frozen=True)
class Field:
    """One thing a row may say. ``words`` are headings it is known by, Chinese and English; ``parse`` reads a cell that
    is not empty; a ``required`` field must have a column and, in every row, a value."""

    code: str
    label: str
    words: tuple[str, ...] = ()
    parse: Parse = text
    required: bool = False
    longest: int = 200


@dataclass(frozen=True)
class Option:
    """A choice that holds for the whole file. ``choices`` are (code, label); without them it is free text."""

    code: str
    label: str
    default: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""


@dataclass(frozen=True)
class Preset:
    """A ready-made mapping for the export of a known system: {field code: heading or several possible headings}."""

    code: str
    label: str
    headings: Mapping[str, str | Sequence[str]]
    options: Mapping[str, str] = field(default_factory=dict)


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


@dataclass(frozen=True)
class Refusal:
    """A row that is not taken, and why."""

    line: Line
    field: str
    why: Message


@dataclass
class Batch:
    """Complete records to write in one transaction, and what became of them.

    ``trial`` means: find out and count, write nothing. ``memory`` lives as long as the trial does, so that what an
    earlier batch would have written is known to a later one; it is empty at every batch of a real import.
    ``beside`` counts what was made on the way (customers that came with purchases), by message id.
    """

    act: Act
    records: list[Record]
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

    def refuse(self, record: Record, why: Message, *, field: str = "", line: Line | None = None) -> None:
        """Leaves a whole record out: ``line`` (else its first row) carries the reason, the others point to it."""
        cause = line or record.lines[0]
        self.refused.append(Refusal(cause, field, why))
        other = message(_("Left out with row %(row)s, which belongs to the same record."), row=cause.row_no)
        self.refused.extend(Refusal(each, "", other) for each in record.lines if each is not cause)


@dataclass(frozen=True)
class ImportKind:
    """A kind of file. ``group_by`` lists alternatives: rows with the same values in the first alternative that has any
    make one record; ``one_of`` lists fields of which at least one needs a column; ``write`` takes a batch."""

    code: str
    label: str
    hint: str
    needs: str
    fields: tuple[Field, ...]
    write: Callable[[Batch], None]
    group_by: tuple[tuple[str, ...], ...] = ()
    one_of: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    presets: tuple[Preset, ...] = ()
    order: int = 50

    def known(self) -> list[Known]:
        """The fields as the mapping sees them."""
        return [Known(each.code, (each.code, *each.words)) for each in self.fields]

    def field(self, code: str) -> Field:
        """The field with this code; KeyError if there is none."""
        return next(each for each in self.fields if each.code == code)

    def preset(self, code: str) -> Preset | None:
        """The ready-made mapping with this code."""
        return next((each for each in self.presets if each.code == code), None)

    def chosen(self, options: Mapping[str, str]) -> dict[str, str]:
        """The options given, with defaults for the rest; unknown ones are dropped."""
        return {each.code: options.get(each.code) or each.default for each in self.options}


@cache
def import_kinds() -> dict[str, ImportKind]:
    """All kinds of all rooms by code, in order."""
    kinds = [module.KIND for module in discover("import_kinds") if hasattr(module, "KIND")]
    return {kind.code: kind for kind in sorted(kinds, key=lambda kind: (kind.order, kind.code))}


def import_kind(code: str) -> ImportKind:
    """The kind with this code.

    Raises:
        NotFound: no room declares it.
    """
    try:
        return import_kinds()[code]
    except KeyError:
        raise NotFound(message(_("There is no import of the kind “%(kind)s”."), kind=code)) from None


def read_line(kind: ImportKind, line: Line, mapping: Mapping[str, int], reading: Reading) -> list[tuple[str, Message]]:
    """Fills the values of a row; returns what is wrong with it as (field, why). Empty cells give no value."""
    wrong: list[tuple[str, Message]] = []
    for each in kind.fields:
        index = mapping.get(each.code)
        if index is None:
            continue
        cell = line.cells[index] if index < len(line.cells) else ""
        if not cell:
            if each.required:
                wrong.append((each.code, message(_("A value is missing."))))
            continue
        if len(cell) > each.longest:
            wrong.append((each.code, message(_("The text is longer than %(limit)s characters."), limit=each.longest)))
            continue
        try:
            line.values[each.code] = each.parse(cell, reading)
        except Wrong as problem:
            wrong.append((each.code, problem.why))
    return wrong
