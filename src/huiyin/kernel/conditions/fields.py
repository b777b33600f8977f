"""What a condition may ask about: fields, their kinds, and the words that depend on who looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

ME = "me"
"""In a field of persons: whoever looks."""
NOBODY = "nobody"
"""In a field of persons, departments or stores: none is named."""
MINE = "mine"
"""In a field of departments: those of whoever looks."""
MY_STORES = "my_stores"
"""In a field of stores: those of whoever looks."""
RESERVED = frozenset({ME, NOBODY, MINE, MY_STORES})
"""No choice has one of these as its code."""


class Kind(StrEnum):
    """Sorts of fields; each has its comparisons.

    Facts of choice are codes (or a collection of them: one that fits is enough), of coded the code of the one row its
    column points to, of tree the codes from the root to the node, of person, department and store keys, of moment aware
    datetimes, of text a text or several.
    """

    CHOICE = "choice"
    CODED = "coded"
    TREE = "tree"
    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    MOMENT = "moment"
    YES_NO = "yes_no"
    PERSON = "person"
    DEPARTMENT = "department"
    STORE = "store"


KEYS = frozenset({Kind.PERSON, Kind.DEPARTMENT, Kind.STORE})
"""Kinds whose values are keys of rows."""
LISTS = KEYS | {Kind.CHOICE, Kind.CODED, Kind.TREE}
"""Kinds whose values are lists of what there is to choose from."""
WORDS: dict[Kind, frozenset[str]] = {
    Kind.PERSON: frozenset({ME, NOBODY}),
    Kind.DEPARTMENT: frozenset({MINE, NOBODY}),
    Kind.STORE: frozenset({MY_STORES, NOBODY}),
}
Choices = Mapping[Any, str]  # codes are texts, keys of rows are numbers


@dataclass(frozen=True)
class Field:
    """Something a condition may ask about.

    ``label`` is a message id; ``column`` the queryset's word for it (of a text perhaps several: one that fits is
    enough); ``choices`` code → message id or name, None where they are not known here (then any is taken); ``nothing``
    what the column holds when there is none, besides NULL and ""; ``means`` the column's values that a choice stands
    for, where they are others than the choice (of coded always: the key of the row, none of a code nobody knows);
    ``empty_as`` the choice that an empty column counts as; ``past`` what those were called that are no choice any more.
    """

    code: str
    label: str
    kind: Kind
    column: str | tuple[str, ...] = ""
    choices: Choices | None = None
    nothing: object = None
    means: Mapping[str, tuple[str | int, ...]] | None = None
    empty_as: str = ""
    past: Choices | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The queryset's words; the code where none is given."""
        if not self.column:
            return (self.code,)
        return (self.column,) if isinstance(self.column, str) else self.column


Fields = Mapping[str, Field]


def fields_of(*fields: Field) -> dict[str, Field]:
    """Fields by code, in this order.

    Raises:
        ValueError: a choice is called like a word that has a meaning of its own.
    """
    for field in fields:
        if field.kind not in KEYS and RESERVED.intersection(map(str, field.choices or ())):
            raise ValueError(f"{field.code}: {sorted(RESERVED)} are no codes of choices")
    return {field.code: field for field in fields}


def with_choices(fields: Fields, choices: Mapping[str, Choices]) -> dict[str, Field]:
    """The fields with what there is to choose from now, by field."""
    return {code: replace(field, choices=choices[code]) if code in choices else field for code, field in fields.items()}
