"""What makes answers doubtful (QST-5). A flag never changes an answer; figures and people decide what it means."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from huiyin.kernel.words import gettext_noop as _

FAST, STAFF_NUMBER, OWN_WORK, SAME_PHONE, STAFF_HAND = "fast", "staff_number", "own_work", "same_phone", "staff_hand"
OTHER_DEVICE, SAME_DEVICE = "other_device", "same_device"
FLAG_LABELS: dict[str, str] = {
    FAST: _("answered within seconds"),
    STAFF_NUMBER: _("number of a member of staff"),
    OWN_WORK: _("number of the person whose work is judged"),
    SAME_PHONE: _("same phone answered before"),
    STAFF_HAND: _("answered from a staff account"),
    OTHER_DEVICE: _("answered on two devices"),
    SAME_DEVICE: _("same device answered before"),
}


@dataclass(frozen=True)
class Before:
    """An earlier complete answer to the same questionnaire: when, and the customer's phones."""

    at: datetime
    phones: frozenset[str]


def flags_of_phones(
    phones: Collection[str],
    agent: int | None,
    staff: Mapping[str, int],
    at: datetime,
    before: Collection[Before],
    repeat_days: int,
) -> set[str]:
    """The flags that a customer's phone numbers call for; ``staff`` are the phones of staff with their ids."""
    found = set()
    owners = {staff[phone] for phone in phones if phone in staff}
    if owners:
        found.add(STAFF_NUMBER)
    if agent in owners:
        found.add(OWN_WORK)
    since = at - timedelta(days=repeat_days)
    if any(since <= one.at < at and not one.phones.isdisjoint(phones) for one in before):
        found.add(SAME_PHONE)
    return found
