"""Takes the right to contact a person now, so that nobody else does at the same time."""

from __future__ import annotations

from datetime import datetime, timedelta

from huiyin.contact_ledger.actions.asking_first import Wish, allowed, held, taken
from huiyin.contact_ledger.models import ContactEntry
from huiyin.contact_ledger.queries.facts import Matter
from huiyin.foundation.actions import Act, action


@action("contacts.claim")
def claim_contact(
    act: Act,
    *,
    customer: int,
    way: str,
    purpose: str,
    about: Matter,
    asked_for: datetime | None = None,
    override_reason: str = "",
    holds: timedelta | None = None,
) -> ContactEntry:
    """Asks the ledger and takes the contact in one go; the claim counts like a contact until it is settled or ends.

    Claims about one customer wait for each other, so an allowance is given once however many ask. The same person
    claiming the same matter again keeps the claim. ``about`` is the subject's label and id. ``holds`` is how long the
    claim holds (None: as the rules say).

    Raises:
        Conflict: the contact is not allowed now (the sentence says why), or somebody is making it.
        Forbidden: a rule would be overridden without the right.
    """
    return taken(act, Wish(customer, way, purpose, about, asked_for, override_reason, holds))


@action("contacts.claim_if_allowed")
def claim_if_allowed(
    act: Act, *, customer: int, way: str, purpose: str, about: Matter, asked_for: datetime | None = None
) -> ContactEntry | None:
    """The same without refusing: None when the contact is not allowed now, or somebody is making it."""
    wish = Wish(customer, way, purpose, about, asked_for)
    standing, by_another = held(act, wish)
    if by_another or not allowed(act, wish).allowed:
        return None
    return wish.written(act, standing)
