"""The result of a list as plain data: what is shown, what is signed and what the files hold are the same cells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from huiyin.promotions.rules.words import DIFFERS, ERRORS, ErrorState, Hindrance, Standing


@dataclass(frozen=True)
class SheetLine:
    """One line as the sheet shows it; names are masked, ``value`` and ``amount`` are yuan as text."""

    position: int
    name: str
    gift: str
    quantity: int
    value: str
    given_on: str
    purchase: str
    standing: str
    hindrance: str
    error: str

    @property
    def amount(self) -> Decimal:
        """What all of these gifts are worth."""
        return Decimal(self.value) * self.quantity


@dataclass(frozen=True)
class Share:
    """A part of the recipients with its share in percent and the 95 % interval; None without anybody asked."""

    code: str
    count: int
    of: int
    percent: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Sheet:
    """The whole sheet. ``head`` are facts by code, ``amounts`` sums in yuan by code."""

    head: dict[str, str]
    shares: tuple[Share, ...]
    amounts: dict[str, str]
    lines: tuple[SheetLine, ...]


RESULTS = ("real", "not_received", "differs", "not_reached")
AMOUNTS = ("listed", "duplicates", "confirmed", "mended", "disputed")


def result_of(line: SheetLine) -> str:
    """Which of the four results a line counts as; empty while it has none."""
    if line.standing in DIFFERS:
        return "differs"
    return line.standing if line.standing in RESULTS else ""


def tally(lines: Iterable[SheetLine]) -> dict[str, int]:
    """How many lines came to each of the four results."""
    counted = dict.fromkeys(RESULTS, 0)
    for line in lines:
        if result := result_of(line):
            counted[result] += 1
    return counted


def amounts_of(lines: Iterable[SheetLine]) -> dict[str, str]:
    """Sums in yuan: all that is listed; of it duplicates, confirmed by recipients, mended, and still disputed."""
    sums = dict.fromkeys(AMOUNTS, Decimal(0))
    for line in lines:
        sums["listed"] += line.amount
        if line.hindrance == Hindrance.DUPLICATE:
            sums["duplicates"] += line.amount
        if line.standing == Standing.REAL:
            sums["confirmed"] += line.amount
        if line.standing in ERRORS:
            sums["mended" if line.error == ErrorState.CLOSED else "disputed"] += line.amount
    return {code: f"{total:.2f}" for code, total in sums.items()}


def to_json(sheet: Sheet) -> dict[str, Any]:
    """The sheet as it is kept; :func:`from_json` is the way back."""
    return asdict(sheet)


def from_json(data: dict[str, Any]) -> Sheet:
    """A sheet that was kept."""
    return Sheet(
        head=dict(data["head"]),
        shares=tuple(Share(**one) for one in data["shares"]),
        amounts=dict(data["amounts"]),
        lines=tuple(SheetLine(**one) for one in data["lines"]),
    )
