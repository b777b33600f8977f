"""A unit of the company that signs forms up: one department or one store."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class UnitKey:
    """Exactly one of the two is set.

    Raises:
        ValueError: none or both are.
    """

    department: int | None = None
    store: int | None = None

    def __post_init__(self) -> None:
        if (self.department is None) == (self.store is None):
            raise ValueError("a unit is one department or one store")

    @property
    def code(self) -> str:
        """The unit as a form field and the API name it: ``d7`` or ``s12``."""
        return f"d{self.department}" if self.department is not None else f"s{self.store}"


def unit_from(code: str) -> UnitKey | None:
    """The unit a code names; None when it names none."""
    kind, number = code[:1], code[1:]
    if not number.isascii() or not number.isdigit() or kind not in ("d", "s"):
        return None
    return UnitKey(department=int(number)) if kind == "d" else UnitKey(store=int(number))
