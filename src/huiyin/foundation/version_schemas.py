"""How the API takes a change of what is kept in versions, and tells the versions there are."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from huiyin.foundation.versions import Version


class ChangeIn(Schema):
    """A change: all values, from which day, why, and which version was changed (0: it is new)."""

    content: dict[str, Any]
    effective_from: date
    reason: str = Field(max_length=200)
    expected: int | None = None

    def how(self) -> dict[str, Any]:
        """What the action takes besides the values."""
        return {"effective_from": self.effective_from, "reason": self.reason, "expected": self.expected}


class VersionOut(Schema):
    """One version with who made it and why; ``holds``: it is in force today."""

    version: int
    effective_from: date
    holds: bool
    by: str
    at: datetime | None
    reason: str
    content: dict[str, Any]


class SavedOut(Schema):
    """The newest version after a change, with what will not work out."""

    version: int
    effective_from: date
    content: dict[str, Any]
    warnings: list[str] = []


def versions_out(versions: Iterable[Version], values: Callable[[Any], dict[str, Any]]) -> list[VersionOut]:
    """The versions as the API tells them; ``values`` gives the content of a row."""
    return [
        VersionOut(
            version=each.row.version,
            effective_from=each.row.effective_from,
            holds=each.holds,
            by=each.by,
            at=each.at,
            reason=each.reason,
            content=values(each.row),
        )
        for each in versions
    ]


def saved_out(row: Any, content: dict[str, Any], warnings: list[str] | None = None) -> SavedOut:
    """A version that was saved, with its values and what of them will not work out."""
    return SavedOut(version=row.version, effective_from=row.effective_from, content=content, warnings=warnings or [])
