"""The door of the imports room: what a room needs to declare a kind of file."""

from huiyin.imports.batch import Batch, Line, Record, Span, Table
from huiyin.imports.kinds import Field, ImportKind, Option, Preset, import_kind, import_kinds
from huiyin.imports.rules.cells import Reading, Wrong, choice, code, day, moment, number, text, whole_number, yes_no

__all__ = [
    "Batch",
    "Field",
    "ImportKind",
    "Line",
    "Option",
    "Preset",
    "Reading",
    "Record",
    "Span",
    "Table",
    "Wrong",
    "choice",
    "code",
    "day",
    "import_kind",
    "import_kinds",
    "moment",
    "number",
    "text",
    "whole_number",
    "yes_no",
]
