"""The numbers and checks of field service: data with defaults, in versions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

LIMITS: dict[str, tuple[int, int]] = {
    "slot_minutes": (15, 600),
    "step_minutes": (15, 240),
    "gap_minutes": (0, 240),
    "days_ahead": (1, 60),
    "move_until_hours": (0, 72),
    "link_days": (1, 365),
    "most_photos": (1, 60),
}


@dataclass(frozen=True)
class FieldNumbers:
    """How long an appointment is, every how many minutes one may begin, how much time lies between two (travel), how
    many days ahead they are offered, until how many hours before the customer may move it alone, how many days the link
    holds, and how many photos a visit takes."""

    slot_minutes: int = 120
    step_minutes: int = 60
    gap_minutes: int = 30
    days_ahead: int = 7
    move_until_hours: int = 2
    link_days: int = 30
    most_photos: int = 12


@dataclass(frozen=True)
class CheckItem:
    """One thing to be checked before the work begins; a ``required`` one may be left out only with a reason."""

    code: str
    text: str
    text_en: str
    required: bool = True


def numbers_from(data: Mapping[str, Any]) -> FieldNumbers:
    """The numbers of a stored version; what it does not say is as shipped.

    Raises:
        Invalid: a number lies outside its limits; ``fields`` says which.
    """
    known = {field.name: int(data[field.name]) for field in fields(FieldNumbers) if field.name in data}
    wrong = {name: value for name, value in known.items() if not LIMITS[name][0] <= value <= LIMITS[name][1]}
    if wrong:
        why = message(_("A number is outside its limits."))
        raise Invalid(why, dict.fromkeys(wrong, why))
    return FieldNumbers(**known)


def numbers_to(numbers: FieldNumbers) -> dict[str, int]:
    """The numbers as they are stored."""
    return asdict(numbers)


def checks_from(data: Sequence[Mapping[str, Any]]) -> tuple[CheckItem, ...]:
    """The checks of a stored version."""
    return tuple(CheckItem(**item) for item in data)


def checks_to(checks: Sequence[CheckItem]) -> list[dict[str, Any]]:
    """The checks as they are stored."""
    return [asdict(check) for check in checks]
