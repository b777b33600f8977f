"""Says how a contact went."""

from __future__ import annotations

from datetime import datetime

from huiyin.contact_ledger.models import ContactEntry
from huiyin.contact_ledger.queries.facts import Matter
from huiyin.contact_ledger.rules.words import Outcome
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("contacts.settle")
def settle_contact(act: Act, *, way: str, about: Matter, outcome: str) -> bool:
    """Settles the claim on this matter; False when there is none (it was settled before: nothing changes).

    Raises:
        Invalid: that is no outcome of a contact.
    """
    if outcome not in (Outcome.REACHED, Outcome.REFUSED, Outcome.NOT_REACHED, Outcome.RELEASED):
        raise Invalid(message(_("That is no outcome of a contact.")))
    claims = ContactEntry.objects.filter(subject=about[0], subject_id=about[1], way=way, outcome=Outcome.CLAIMED)
    return bool(claims.update(outcome=outcome, at=act.now, holds_until=None))


@action("contacts.note")
def note_contact(
    act: Act, *, customer: int, way: str, purpose: str, about: Matter, outcome: str, at: datetime | None = None
) -> ContactEntry:
    """Notes a contact that took place without a claim: it came from the customer, or from another system."""
    return ContactEntry.objects.create(
        customer_id=customer,
        way=way,
        purpose=purpose,
        subject=about[0],
        subject_id=about[1],
        outcome=outcome,
        at=at or act.now,
        by_id=act.actor.staff_id,
    )
