"""The numbers of gift checks, kept as data: shares, days, working time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.promotions.rules.words import Check


@dataclass(frozen=True)
class GiftNumbers:
    """Shares in percent; ``*_days`` are working days. How long an answer is waited for, and whether an agent calls
    afterwards, belongs to the kind of visit.

    Customer service answers a list within ``answer_days``; lines are asked about over ``spread_days``; a call has
    ``call_days``; a store mends within ``mend_days``, and customer service verifies within ``verify_days``.
    """

    gift_share: int = 40
    settlement_share: int = 100
    spread_days: int = 5
    answer_days: int = 10
    call_days: int = 3
    mend_days: int = 3
    verify_days: int = 2

    def share_of(self, check: str) -> int:
        """The share of the lines that is asked about."""
        return self.gift_share if check == Check.GIFTS else self.settlement_share


LIMITS: Mapping[str, tuple[int, int]] = {
    "gift_share": (1, 100),
    "settlement_share": (1, 100),
    "spread_days": (1, 60),
    "answer_days": (1, 120),
    "call_days": (1, 60),
    "mend_days": (1, 60),
    "verify_days": (1, 60),
}
OUT_OF_BOUNDS = _("A number from %(least)s to %(most)s.")


def numbers_from(data: Mapping[str, Any]) -> GiftNumbers:
    """The numbers kept as JSON; what is not there is as shipped.

    Raises:
        Invalid: a number cannot be, or they contradict each other; ``fields`` says which.
    """
    known = {field.name for field in fields(GiftNumbers)}
    numbers = GiftNumbers(**{name: value for name, value in data.items() if name in known})
    wrong = faults_of(numbers)
    if wrong:
        raise Invalid(message(_("Nothing was saved. Please look at the marked fields.")), wrong)
    return numbers


def numbers_to(numbers: GiftNumbers) -> dict[str, Any]:
    """The same as JSON."""
    return asdict(numbers)


def faults_of(numbers: GiftNumbers) -> dict[str, Message]:
    """What is wrong, by field: out of bounds, or customer service would have to answer before everybody is asked."""
    wrong: dict[str, Message] = {}
    for name, (least, most) in LIMITS.items():
        value = getattr(numbers, name)
        if not isinstance(value, int) or not least <= value <= most:
            wrong[name] = message(OUT_OF_BOUNDS, least=least, most=most)
    if not wrong and numbers.answer_days < numbers.spread_days:
        wrong["answer_days"] = message(
            _("Recipients are asked over %(days)s working days; the answer cannot be due before."),
            days=numbers.spread_days,
        )
    return wrong
