"""What a room declares to have files imported: fields, options, ready-made mappings and how records are written.

A room puts one file per kind into ``<room>/import_kinds/`` with ``KIND = ImportKind(...)``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from huiyin.foundation.discovery import discover
from huiyin.imports.batch import Batch
from huiyin.imports.rules.cells import Reading, text
from huiyin.imports.rules.headings import Known
from huiyin.kernel.refusal import NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

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


@dataclass(frozen=True)
class ImportKind:
    """A kind of file. ``group_by`` lists alternatives: rows with the same values in the first alternative that has any
    make one record; ``one_of`` lists fields of which at least one needs a column; ``write`` takes a batch;
    ``leads_to`` is the page where people go on with what came in."""

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
    leads_to: str = ""
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
