"""A condition while people put it together: groups of rows that need not make sense yet, and lose nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from huiyin.kernel.conditions.fields import KEYS, Fields, Kind
from huiyin.kernel.conditions.tests import COMPARISONS, Is, Sort, sort_of
from huiyin.kernel.words import gettext_noop as _


class Mode(StrEnum):
    """How the rows of a group are joined."""

    ALL = "all"
    ANY = "any"
    NONE = "none"


MODE_LABELS: dict[Mode, str] = {
    Mode.ALL: _("All of these hold"),
    Mode.ANY: _("At least one of these holds"),
    Mode.NONE: _("None of these holds"),
}


@dataclass(frozen=True)
class Row:
    """One row as typed; of the values only the one counts that the comparison takes."""

    field: str
    comparison: str = ""
    listed: tuple[str, ...] = ()
    text: str = ""
    number: str = ""
    day: str = ""


@dataclass(frozen=True)
class Group:
    """Rows with how they are joined."""

    mode: Mode = Mode.ALL
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Draft:
    """All groups must hold; ``kept`` is a condition that groups of rows cannot show, to be kept as it is."""

    groups: tuple[Group, ...] = (Group(),)
    kept: Mapping[str, Any] | None = None

    def with_row(self, place: int, field: str) -> Draft:
        """A new row at the end of a group."""
        groups = list(self.groups)
        groups[place] = replace(groups[place], rows=(*groups[place].rows, Row(field)))
        return replace(self, groups=tuple(groups))

    def without_row(self, place: int, row: int) -> Draft:
        """Without one row; a group that becomes empty goes as well, but for the last one."""
        groups = list(self.groups)
        rows = groups[place].rows
        groups[place] = replace(groups[place], rows=rows[:row] + rows[row + 1 :])
        if not groups[place].rows and len(groups) > 1:
            del groups[place]
        return replace(self, groups=tuple(groups))

    def with_group(self) -> Draft:
        """A new group at the end."""
        return replace(self, groups=(*self.groups, Group(Mode.ANY)))


def draft_of(data: object) -> Draft:
    """The stored condition as groups of rows, whether it makes sense or not."""
    if not data:
        return Draft()
    parts = data["all"] if isinstance(data, dict) and set(data) == {"all"} else [data]
    if not isinstance(parts, list):
        return Draft(kept={"all": [data]})
    rows = tuple(row for part in parts if (row := _row(part)))
    groups = [group for part in parts if not _row(part) and (group := _group(part))]
    if len(rows) + len(groups) < len(parts):
        return Draft(kept=data if isinstance(data, dict) else {"all": parts})
    first = (Group(Mode.ALL, rows),) if rows or not groups else ()
    return Draft((*first, *groups))


def _group(data: object) -> Group | None:
    match data:
        case {"any": list(parts), **more} if not more:
            mode = Mode.ANY
        case {"not": {"any": list(parts), **inner}, **more} if not more and not inner:
            mode = Mode.NONE
        case {"not": dict(part), **more} if not more:
            mode, parts = Mode.NONE, [part]
        case _:
            return None
    rows = tuple(row for part in parts if (row := _row(part)))
    return Group(mode, rows) if rows and len(rows) == len(parts) else None


def _row(data: object) -> Row | None:
    if not isinstance(data, dict) or not {"field", "is"} <= set(data) <= {"field", "is", "value"}:
        return None
    value = data.get("value")
    plain = "" if value is None or isinstance(value, (list, dict)) else str(value)
    listed = tuple(map(str, value)) if isinstance(value, list) else ()
    return Row(str(data["field"]), str(data["is"]), listed, plain, plain, plain)


def data_of(draft: Draft, fields: Fields) -> dict[str, Any]:
    """The draft as JSON, as :func:`huiyin.kernel.conditions.reading.read_condition` judges it."""
    if draft.kept is not None:
        return dict(draft.kept)
    parts: list[dict[str, Any]] = []
    for group in draft.groups:
        rows = [_data_of_row(row, fields) for row in group.rows]
        if group.mode is Mode.ALL:
            parts += rows
        elif rows:
            parts.append({"any": rows} if group.mode is Mode.ANY else {"not": {"any": rows}})
    return {"all": parts} if parts else {}


def _data_of_row(row: Row, fields: Fields) -> dict[str, Any]:
    field = fields.get(row.field)
    known = field is not None and row.comparison in tuple(COMPARISONS[field.kind])
    if field is None or not known:
        return {"field": row.field, "is": row.comparison, "value": list(row.listed) or row.text}
    said = {"field": row.field, "is": row.comparison}
    match sort_of(field.kind, Is(row.comparison)):
        case Sort.NONE:
            return said
        case Sort.LIST:
            return said | {"value": [_key(each, field.kind) for each in row.listed]}
        case Sort.TEXT:
            return said | {"value": row.text}
        case Sort.NUMBER:
            return said | {"value": _number(row.number)}
        case Sort.DAY:
            return said | {"value": row.day}


def _key(text: str, kind: Kind) -> str | int:
    return int(text) if kind in KEYS and text.isascii() and text.isdigit() else text


def _number(text: str) -> int | str:
    plain = text.strip()
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < len("4294967296") else plain
