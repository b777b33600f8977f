"""Says how a contact went."""

from __future__ import annotations

from datetime import datetime

from huiyin.contact_ledger.actions.asking_first import Wish, taken
from huiyin.contact_ledger.models import ContactEntry
from huiyin.contact_ledger.queries.facts import Matter
from huiyin.contact_ledger.rules.words import Outcome
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

SETTLED = (Outcome.REACHED, Outcome.REFUSED, Outcome.NOT_REACHED, Outcome.RELEASED)


@action("contacts.settle")
def settle_contact(act: Act, *, way: str, about: Matter, outcome: str) -> bool:
    """Settles the claim on this matter; False when there is none (it was settled before: nothing changes).

    Raises:
        Invalid: that is no outcome of a contact.
    """
    _check(outcome)
    claims = ContactEntry.objects.filter(subject=about[0], subject_id=about[1], way=way, outcome=Outcome.CLAIMED)
    return bool(claims.update(outcome=outcome, at=act.now, holds_until=None))


@action("contacts.make")
def make_contact(
    act: Act,
    *,
    customer: int,
    way: str,
    purpose: str,
    about: Matter,
    outcome: str,
    asked_for: datetime | None = None,
    override_reason: str = "",
) -> str:
    """Writes down a contact that was just made, and returns the code of the rule that was overridden ("": none).

    The actor's claim on the matter that still holds is settled: a call that began when it was allowed may be written
    down after its hours. Without one the ledger is asked now, as :func:`claim_contact` does.

    Raises:
        Conflict: the contact is not allowed now (the sentence says why), or somebody else is making it.
        Forbidden: a rule would be overridden without the right.
        Invalid: that is no outcome of a contact.
    """
    _check(outcome)
    mine = ContactEntry.objects.filter(
        subject=about[0],
        subject_id=about[1],
        way=way,
        outcome=Outcome.CLAIMED,
        by=act.actor.staff_id,
        holds_until__gt=act.now,
    )
    if mine.update(outcome=outcome, at=act.now, holds_until=None):
        return ""
    return taken(act, Wish(customer, way, purpose, about, asked_for, override_reason), outcome).override


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


@action("contacts.note_fate")
def note_fate(act: Act, *, customer: int, way: str, purpose: str, about: Matter, reached: bool) -> None:
    """What is known by now of a contact whose fate shows later and may change, such as a message that comes back.

    Settles its claim, or corrects what was thought before; what was never claimed is noted once it reached somebody.
    Saying the same again changes nothing.
    """
    outcome = Outcome.REACHED if reached else Outcome.NOT_REACHED
    of_matter = ContactEntry.objects.filter(customer=customer, subject=about[0], subject_id=about[1], way=way)
    entry = of_matter.order_by("-id").first()
    if entry is None:
        if reached:
            note_contact(act.call, customer=customer, way=way, purpose=purpose, about=about, outcome=outcome)
    elif entry.outcome != outcome:
        entry.at = act.now if entry.outcome == Outcome.CLAIMED else entry.at
        entry.outcome, entry.holds_until = outcome, None
        entry.save(update_fields=["outcome", "holds_until", "at"])


def _check(outcome: str) -> None:
    if outcome not in SETTLED:
        raise Invalid(message(_("That is no outcome of a contact.")))
