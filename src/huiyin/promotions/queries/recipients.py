"""Who the recipients of gifts are, and who of them must not be asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import datetime

from huiyin.contact_ledger.public import Block, Purpose, Way, ask_each
from huiyin.customers.public import Contact
from huiyin.promotions.rules.words import Check, Hindrance

WAYS = {Check.GIFTS: Way.SMS, Check.SETTLEMENT: Way.PHONE}
HOURS = frozenset({Block.NOT_YET, Block.AT_REST, Block.OUTSIDE_WINDOW, Block.OUTSIDE_HOURS})
"""What passes within a day: a visit waits for it by itself."""
HINDERS: Mapping[str, Hindrance] = {
    Block.DO_NOT_CONTACT: Hindrance.DO_NOT_CONTACT,
    Block.OPTED_OUT: Hindrance.OPTED_OUT,
    Block.REFUSED_BEFORE: Hindrance.REFUSED_BEFORE,
}


class Known:
    """Customers by phone number, as far as they are in ``numbers``; learns newcomers as they are registered."""

    def __init__(self, numbers: Collection[str]) -> None:
        self._at: dict[str, dict[int, str]] = defaultdict(dict)
        rows = Contact.objects.filter(phone__any_of=list(set(numbers)), customer__merged_into=None)
        for number, pk, name in rows.values_list("phone", "customer_id", "customer__name"):
            self._at[number][pk] = name

    def find(self, number: str, name: str) -> int | None:
        """The one customer with this number; the name decides between several. None: nobody, or it does not tell."""
        there = self._at.get(number, {})
        same = [pk for pk, known_as in there.items() if len(there) == 1 or known_as == name]
        return same[0] if len(same) == 1 else None

    def learn(self, number: str, name: str, pk: int) -> None:
        """Somebody was registered under this number."""
        self._at[number][pk] = name


def purpose_of(check: str) -> Purpose:
    """What asking is for: a sample is followed up on our own account, a settlement is owed to the store."""
    return Purpose.FOLLOW_UP if check == Check.GIFTS else Purpose.OWED


def hindrances_of(customers: Collection[int], check: str, now: datetime) -> dict[int, Hindrance]:
    """Who of them may not be asked at all, and why; hours and gaps that pass are none of it."""
    answers = ask_each(customers, WAYS[Check(check)], purpose_of(check), now)
    return {pk: HINDERS[answer.code] for pk, answer in answers.items() if answer.code in HINDERS}
