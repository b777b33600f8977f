"""Which of two cases is the same matter told twice, and which is another complaint of the same customer (CAS-12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

LIMITS: dict[str, tuple[int, int]] = {
    "days": (1, 730),
    "by_text": (25, 100),
    "by_person": (10, 100),
    "by_serial": (0, 100),
    "shown": (1, 10),
}
"""Smallest and largest sensible value of each number."""


@dataclass(frozen=True)
class LikenessNumbers:
    """Within how many days cases are compared, and from how many percent on they count as the same matter.

    ``by_text`` holds for strangers, ``by_person`` where the customer is the same, ``by_serial`` where the device is.
    """

    days: int = 90
    by_text: int = 35
    by_person: int = 20
    by_serial: int = 10
    shown: int = 5

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> LikenessNumbers:
        """Reads stored numbers; what is missing keeps its default, what is out of bounds the nearest bound."""
        known = {name: min(max(int(data[name]), low), high) for name, (low, high) in LIMITS.items() if name in data}
        return cls(**known)

    def as_data(self) -> dict[str, int]:
        """As they are stored."""
        return asdict(self)


SAME: dict[str, str] = {
    "customer": _("same customer"),
    "phone": _("same phone"),
    "email": _("same email"),
    "identity": _("same person on a platform"),
    "serial": _("same serial number"),
    "product": _("same product"),
}
PERSON = frozenset({"customer", "phone", "email", "identity"})
DUPLICATE, EARLIER = "duplicate", "earlier"
JUDGED: dict[str, str] = {
    DUPLICATE: _("Probably the same matter"),
    EARLIER: _("Another matter of the same customer or device"),
}


def judged(same: frozenset[str], percent: int, numbers: LikenessNumbers) -> str:
    """``duplicate``, ``earlier`` or "" (nothing to say) for what is the same and how alike the texts are."""
    limits = [numbers.by_text]
    if same & PERSON:
        limits.append(numbers.by_person)
    if "serial" in same:
        limits.append(numbers.by_serial)
    if percent >= min(limits):
        return DUPLICATE
    return EARLIER if same & (PERSON | {"serial"}) else ""


def in_words(same: frozenset[str], percent: int) -> list[Message]:
    """Why two cases are put side by side, the surest reason first."""
    said = [message(text) for code, text in SAME.items() if code in same]
    return [*said, message(_("%(percent)d %% alike"), percent=percent)] if percent else said
