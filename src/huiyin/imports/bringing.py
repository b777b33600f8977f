"""A program brings a file and says its columns in one request: both are kept, or neither."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from huiyin.imports.actions.map_columns import map_columns
from huiyin.imports.arrivals import read_otherwise, receive
from huiyin.imports.files import Layout, Unreadable
from huiyin.imports.foreground import mapping_called
from huiyin.imports.kinds import ImportKind, Option
from huiyin.imports.models import ImportRun
from huiyin.imports.queries.runs import kind_of
from huiyin.imports.rules.headings import by_headings
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

LONGEST_TEXT = 60
NOWHERE = -1


@dataclass(frozen=True)
class Columns:
    """Which column feeds which field: a mapping's name (``auto``: as suggested), or ``columns`` as {field: heading or
    place from 0}, which then stand alone; ``options`` go over those of the mapping."""

    mapping: str = "auto"
    columns: Mapping[str, int | str] | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    save_as: str = ""

    @property
    def as_suggested(self) -> bool:
        """Whether nothing was said beyond the suggestion."""
        return self == Columns()


def bring_mapped(call: Call, *, kind: str, name: str, stored: str, encoding: str, columns: Columns) -> ImportRun:
    """Makes an import of a stored file and keeps the columns that were said.

    Raises:
        Unreadable: it is no table, or not in this encoding.
        Invalid: the columns or options do not fit; nothing is kept then.
        NotFound: no such kind or mapping.
        Forbidden: the person may not bring this kind.
    """
    wanted = Layout(encoding=encoding, delimiter="", header_row=0) if encoding else None
    with transaction.atomic():
        try:
            run = receive(call, kind=kind, name=name, stored=stored, wanted=wanted)
        except LookupError:
            raise no_such_encoding() from None
        return run if columns.as_suggested else set_columns(Call(actor=call.actor, now=call.now), run, columns)


def set_columns(call: Call, run: ImportRun, said: Columns) -> ImportRun:
    """Keeps the columns and options of a run.

    Raises:
        Invalid: they do not fit the kind or the file.
        NotFound: there is no mapping of this name.
        Conflict: the import is running or has written rows already.
    """
    kind = kind_of(run)
    check_options(kind, said.options)
    mapping, options = mapping_called(kind, run, said.mapping)
    if said.columns is not None:
        mapping = places_of(kind, run.columns, said.columns)
    return map_columns(call, run.pk, mapping=mapping, options={**options, **said.options}, save_as=said.save_as)


def read_as(call: Call, run: ImportRun, wanted: Layout) -> ImportRun:
    """Reads the run's file otherwise; an encoding that nobody knows is refused like one that does not fit.

    Raises:
        Unreadable: it cannot be read this way.
        Conflict: the file is gone, or its columns may not be changed any more.
    """
    try:
        return read_otherwise(call, run, wanted)
    except LookupError:
        raise no_such_encoding() from None


def no_such_encoding() -> Unreadable:
    """The refusal of an encoding by a name that nobody knows."""
    why = message(_("There is no such encoding."))
    return Unreadable(why, {"encoding": why})


def places_of(kind: ImportKind, headings: list[str], said: Mapping[str, int | str]) -> dict[str, int]:
    """{field: place} of columns said by heading or place; a heading that the file lacks gives a place it lacks.

    Raises:
        Invalid: the kind has no such field.
    """
    known = {each.code for each in kind.fields}
    wrong = {code: message(_("There is no such field.")) for code in said if code not in known}
    if wrong:
        raise Invalid(message(_("The columns do not suffice for an import.")), wrong)
    by_name = by_headings(headings, {code: column for code, column in said.items() if isinstance(column, str)})
    return {code: by_name.get(code, NOWHERE) if isinstance(column, str) else column for code, column in said.items()}


def check_options(kind: ImportKind, options: Mapping[str, str]) -> None:
    """Refuses what the form would not have offered.

    Raises:
        Invalid: an option the kind does not have, or a value it does not list.
    """
    declared = {option.code: option for option in kind.options}
    wrong = {code: why for code, value in options.items() if (why := _wrong_option(declared.get(code), value))}
    if wrong:
        raise Invalid(message(_("Choose one of the listed values.")), wrong)


def _wrong_option(option: Option | None, value: str) -> Message | None:
    if option is None:
        return message(_("There is no such field."))
    if option.choices and value not in {code for code, _label in option.choices}:
        return message(_("Choose one of the listed values."))
    if len(value) > LONGEST_TEXT:
        return message(_("The text is longer than %(limit)s characters."), limit=LONGEST_TEXT)
    return None
