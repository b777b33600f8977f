"""A line of a list as it is handed in: what must be in it, and by what it is known again."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.promotions.rules.words import Check

MOBILE = re.compile(r"\+861[3-9]\d{9}")
MOST_VALUE = Decimal(10) ** 8
MOST_QUANTITY = 100_000


@dataclass(frozen=True)
class LineDraft:
    """One gift to one person. ``phone`` is as it was written, ``number`` in normal form; ``value`` is one gift's."""

    name: str
    phone: str
    number: str
    gift: str
    value: Decimal
    quantity: int
    given_on: date
    purchase: str = ""

    @property
    def said(self) -> tuple[str, str, date, str]:
        """What makes two lines the same gift twice: to the same number, on the same day, for the same purchase."""
        return (self.number or self.phone, self.gift, self.given_on, self.purchase)

    def same_as(self, other: LineDraft) -> bool:
        """Whether both say the same, however the phone is written."""
        if self.number and self.number == other.number:
            other = replace(other, phone=self.phone)
        return self == other


def can_be_reached(number: str, check: str) -> bool:
    """Whether a number in normal form serves the check: an SMS needs a mobile number, a call any full one."""
    return bool(MOBILE.fullmatch(number)) if check == Check.GIFTS else number.startswith("+")


def faults_of(line: LineDraft, today: date) -> dict[str, Message]:
    """What makes a line unreadable, by field; a wrong phone is not among it: such a line is kept and says so."""
    wrong: dict[str, Message] = {}
    if not line.name:
        wrong["name"] = message(_("A value is missing."))
    if not line.gift:
        wrong["gift"] = message(_("A value is missing."))
    if not 0 <= line.value < MOST_VALUE:
        wrong["value"] = message(_("The value of a gift lies between 0 and 100,000,000 yuan."))
    if not 1 <= line.quantity <= MOST_QUANTITY:
        wrong["quantity"] = message(_("The quantity lies between 1 and 100,000."))
    if line.given_on > today:
        wrong["given_on"] = message(_("This day lies in the future."))
    return wrong
