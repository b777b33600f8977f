"""What a need has come to, and how what is free goes to those who wait."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum

from huiyin.kernel.words import gettext_noop as _


class NeedState(StrEnum):
    """How far a need is."""

    MISSING = "missing"
    RESERVED = "reserved"
    ISSUED = "issued"
    DONE = "done"


NEED_LABELS: dict[str, str] = {
    NeedState.MISSING: _("Waiting for the part"),
    NeedState.RESERVED: _("Reserved"),
    NeedState.ISSUED: _("Issued"),
    NeedState.DONE: _("Accounted for"),
}
NEED_TONES: dict[str, str] = {
    NeedState.MISSING: "late",
    NeedState.RESERVED: "accent",
    NeedState.ISSUED: "soon",
    NeedState.DONE: "kept",
}


def state_of(missing: Decimal, reserved: Decimal, issued: Decimal) -> NeedState:
    """The state of a need: the first thing that is still open about it."""
    if missing > 0:
        return NeedState.MISSING
    if issued > 0:
        return NeedState.ISSUED
    return NeedState.RESERVED if reserved > 0 else NeedState.DONE


def shares(free: Decimal, missing: Iterable[Decimal]) -> list[Decimal]:
    """How much of what is free each of those gets who wait, first come first served."""
    given = []
    for wanted in missing:
        share = min(free, wanted)
        free -= share
        given.append(share)
    return given
