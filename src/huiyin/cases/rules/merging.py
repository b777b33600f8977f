"""When one case may go into another, and whether both are of one customer (CAS-15)."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.cases.rules.states import ENDED, State
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _


@dataclass(frozen=True)
class Party:
    """Who speaks in a case: the customer's file, and what the reporter left; empty where nothing is known."""

    customer_id: int | None = None
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class MergeSide:
    """A case as merging sees it; ``merged_number`` is where it went, if it was merged."""

    pk: int
    number: str
    state: str
    party: Party
    merged_number: str = ""


def same_party(one: Party, other: Party) -> bool:
    """Whether both are known to be the same: by file, or by the phone or mail address left."""
    if one.customer_id and other.customer_id:
        return one.customer_id == other.customer_id
    by_phone = bool(one.phone) and one.phone == other.phone
    return by_phone or (bool(one.email) and one.email.lower() == other.email.lower())


def why_no_merge(case: MergeSide, into: MergeSide) -> Message | None:
    """What stands against merging ``case`` into ``into``; None when nothing does."""
    if case.pk == into.pk:
        return message(_("A case cannot be merged into itself."))
    if into.state == State.MERGED:
        return message(
            _("%(number)s was itself merged into %(into)s. Merge into that one."),
            number=into.number,
            into=into.merged_number,
        )
    if into.state in ENDED:
        return message(_("%(number)s has ended. Reopen it first, or merge it into this one."), number=into.number)
    return None
