"""How long a promise may take. A working day is not eight hours, an hour is not a working hour."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

LONGEST = timedelta(days=3660)


class Unit(StrEnum):
    """In what a span is measured."""

    WORKING_HOURS = "working_hours"
    WORKING_DAYS = "working_days"
    HOURS = "hours"
    DAYS = "days"


WHOLE_UNITS = frozenset({Unit.WORKING_DAYS, Unit.DAYS})
SAID = {
    Unit.WORKING_HOURS: _("%(amount)s working hours"),
    Unit.WORKING_DAYS: _("%(amount)s working days"),
    Unit.HOURS: _("%(amount)s hours"),
    Unit.DAYS: _("%(amount)s calendar days"),
}
SAID_OF_ONE = {
    Unit.WORKING_HOURS: _("%(amount)s working hour"),
    Unit.WORKING_DAYS: _("%(amount)s working day"),
    Unit.HOURS: _("%(amount)s hour"),
    Unit.DAYS: _("%(amount)s calendar day"),
}


@dataclass(frozen=True)
class Span:
    """An amount of a unit. Days are whole; hours may have a fraction.

    Raises:
        Invalid: the amount is negative, not a number, a fraction of a day, or longer than ten years.
    """

    amount: float | Decimal
    unit: Unit

    def __post_init__(self) -> None:
        if not math.isfinite(self.amount) or self.amount < 0:
            raise Invalid(message(_("A span is a number, zero or more.")))
        if self.unit in WHOLE_UNITS and self.amount != int(self.amount):
            raise Invalid(message(_("Days are counted whole; %(amount)s is not."), amount=self.amount))
        limit = LONGEST.days if self.unit in WHOLE_UNITS else LONGEST / timedelta(hours=1)
        if self.amount > limit:
            raise Invalid(message(_("A span longer than ten years is not a promise.")))

    @property
    def length(self) -> timedelta:
        """Hours as a length of time, exact to the microsecond; only for the two kinds of hours."""
        if self.unit in WHOLE_UNITS:
            raise TypeError(f"{self.unit} have no length")
        if isinstance(self.amount, Decimal):
            return timedelta(microseconds=int((self.amount * 3_600_000_000).to_integral_value()))
        return timedelta(hours=self.amount)

    def said(self) -> Message:
        """The span in words."""
        return message((SAID_OF_ONE if self.amount == 1 else SAID)[self.unit], amount=f"{self.amount:g}")
