"""The ledger's one idea: each entry takes a quantity out of one account and puts it into another (CAS-9).

Inside the company a part is free, reserved, or issued to somebody, each at a place. Outside are the supplier it came
from, the customers it was used for, scrap, and what counting found or missed. What is inside is never below zero; the
sum over all accounts is always zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

STEP = Decimal("0.001")
MOST = Decimal(1_000_000)
NONE = Decimal(0)


class Account(StrEnum):
    """Where a quantity stands."""

    FREE = "free"
    RESERVED = "reserved"
    ISSUED = "issued"
    SUPPLIER = "supplier"
    CUSTOMER = "customer"
    SCRAP = "scrap"
    COUNTED = "counted"


INSIDE = frozenset({Account.FREE, Account.RESERVED, Account.ISSUED})


class Kind(StrEnum):
    """What happened to a part."""

    RECEIVE = "receive"
    RESERVE = "reserve"
    RELEASE = "release"
    ISSUE = "issue"
    USE = "use"
    RETURN = "return"
    WASTE = "waste"
    SCRAP = "scrap"
    COUNT_UP = "count_up"
    COUNT_DOWN = "count_down"
    TRANSFER = "transfer"


@dataclass(frozen=True)
class Way:
    """From which account into which; ``elsewhere``: into the same account of another place."""

    source: Account
    target: Account
    elsewhere: bool = False


WAYS: dict[Kind, Way] = {
    Kind.RECEIVE: Way(Account.SUPPLIER, Account.FREE),
    Kind.RESERVE: Way(Account.FREE, Account.RESERVED),
    Kind.RELEASE: Way(Account.RESERVED, Account.FREE),
    Kind.ISSUE: Way(Account.RESERVED, Account.ISSUED),
    Kind.USE: Way(Account.ISSUED, Account.CUSTOMER),
    Kind.RETURN: Way(Account.ISSUED, Account.FREE),
    Kind.WASTE: Way(Account.ISSUED, Account.SCRAP),
    Kind.SCRAP: Way(Account.FREE, Account.SCRAP),
    Kind.COUNT_UP: Way(Account.COUNTED, Account.FREE),
    Kind.COUNT_DOWN: Way(Account.FREE, Account.COUNTED),
    Kind.TRANSFER: Way(Account.FREE, Account.FREE, elsewhere=True),
}
KIND_LABELS: dict[str, str] = {
    Kind.RECEIVE: _("Booked in"),
    Kind.RESERVE: _("Reserved"),
    Kind.RELEASE: _("Released"),
    Kind.ISSUE: _("Issued"),
    Kind.USE: _("Used up"),
    Kind.RETURN: _("Returned"),
    Kind.WASTE: _("Broken while out"),
    Kind.SCRAP: _("Scrapped"),
    Kind.COUNT_UP: _("Counted: more than booked"),
    Kind.COUNT_DOWN: _("Counted: less than booked"),
    Kind.TRANSFER: _("Transferred"),
}
ACCOUNT_LABELS: dict[str, str] = {
    Account.FREE: _("Free"),
    Account.RESERVED: _("Reserved"),
    Account.ISSUED: _("Issued"),
    Account.SUPPLIER: _("Supplier"),
    Account.CUSTOMER: _("Customer"),
    Account.SCRAP: _("Scrap"),
    Account.COUNTED: _("Counting"),
}


def quantity_of(value: Decimal | str | float) -> Decimal:
    """A quantity, above zero, in thousandths of a unit at the finest.

    Raises:
        Invalid: nothing, less than nothing, finer than the books are, or more than anybody has.
    """
    amount = Decimal(str(value))
    if not amount.is_finite() or amount <= 0 or amount > MOST or amount != amount.quantize(STEP):
        why = message(_("Give a quantity above zero, with at most three decimals."))
        raise Invalid(why, {"quantity": why})
    return amount.quantize(STEP)


def plain(amount: Decimal) -> str:
    """A quantity as people write it: 2, 0.5."""
    return f"{amount.normalize():f}"


def taken(there: Decimal, amount: Decimal, account: str) -> Decimal:
    """What is left of an account inside the company after ``amount`` went out.

    Raises:
        Conflict: there is less than that.
    """
    if amount > there:
        texts = {
            Account.FREE: _("Only %(there)s are free here. Nothing was booked."),
            Account.RESERVED: _("Only %(there)s are reserved for this. Nothing was booked."),
            Account.ISSUED: _("Only %(there)s are issued for this. Nothing was booked."),
        }
        raise Conflict(message(texts[Account(account)], there=plain(there)))
    return there - amount
