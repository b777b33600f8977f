"""Takes the right to contact a person now, so that nobody else does at the same time."""

from __future__ import annotations

from datetime import datetime

from huiyin.contact_ledger.models import ContactEntry
from huiyin.contact_ledger.queries.asking import ask
from huiyin.contact_ledger.queries.facts import Matter
from huiyin.contact_ledger.queries.rules import rules_at
from huiyin.contact_ledger.rules.asking import Answer
from huiyin.contact_ledger.rules.words import Outcome
from huiyin.customers.public import Customer
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Forbidden, NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

OVERRIDE = "contacts.override"


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
) -> ContactEntry:
    """Asks the ledger and takes the contact in one go; the claim counts like a contact until it is settled or ends.

    Claims about one customer wait for each other, so an allowance is given once however many ask. The same person
    claiming the same matter again keeps the claim. ``about`` is the subject's label and id.

    Raises:
        Conflict: the contact is not allowed now (the sentence says why), or somebody is making it.
        Forbidden: a rule would be overridden without the right.
    """
    _take_turn(customer)
    mine = _claimed(act, way, about)
    answer = ask(customer, way, purpose, act.now, matter=about, asked_for=asked_for)
    overridden = "" if answer.allowed else _overridden(act, answer, override_reason)
    entry = mine or ContactEntry(way=way, subject=about[0], subject_id=about[1])
    entry.customer_id, entry.purpose, entry.at, entry.by_id = customer, purpose, act.now, act.actor.staff_id
    entry.holds_until = act.now + rules_at(act.now)[0].contact_numbers.claim_holds
    entry.override, entry.override_reason = overridden, override_reason if overridden else ""
    entry.save()
    if overridden:
        act.record(entry, customer_id=customer, reason=override_reason, rule=overridden, way=way)
    return entry


def _take_turn(customer: int) -> None:
    """Holds the customer's row against other claims until the transaction ends; references to it are not held up."""
    rows = Customer.objects.filter(pk=customer).select_for_update(no_key=True).order_by()
    if not rows.values_list("pk", flat=True).first():
        raise NotFound


def _claimed(act: Act, way: str, about: Matter) -> ContactEntry | None:
    held = ContactEntry.objects.filter(subject=about[0], subject_id=about[1], way=way, outcome=Outcome.CLAIMED).first()
    if held is not None and held.by_id != act.actor.staff_id and held.holds_until and held.holds_until > act.now:
        name = held.by.name if held.by else "–"
        raise Conflict(message(_("%(name)s is contacting this customer right now."), name=name))
    return held


def _overridden(act: Act, answer: Answer, reason: str) -> str:
    if not reason.strip() or answer.firm:
        raise Conflict(answer.why)
    if not act.actor.may(OVERRIDE):
        raise Forbidden(message(_("Only who holds the right may contact a customer in spite of the contact rules.")))
    return answer.code
