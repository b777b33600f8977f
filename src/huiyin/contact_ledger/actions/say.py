"""What customers said about being contacted: opt-outs and consents, each until it is taken back."""

from __future__ import annotations

from huiyin.contact_ledger.models import Consent, OptOut
from huiyin.contact_ledger.queries.silence import silent_ways
from huiyin.customers.public import Customer
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

AT_NUMBER = _("The customer's number asked for no more messages. Lift that among the opt-outs of SMS, with a reason.")


@action("contacts.opt_out", needs="contacts.note")
def opt_out(act: Act, customer_id: int, *, way: str, reason: str = "") -> OptOut:
    """The customer does not want this way any more; saying it twice is once."""
    customer = act.lock(Customer.objects.visible_to(act.actor), customer_id)
    held = OptOut.objects.filter(customer=customer, way=way, ended_at=None).first()
    if held is not None:
        return held
    made = OptOut.objects.create(customer=customer, way=way, since=act.now, reason=reason)
    act.record(made, customer_id=customer.pk, reason=reason, way=way)
    return made


@action("contacts.opt_in", needs="contacts.note")
def opt_in(act: Act, customer_id: int, *, way: str, reason: str = "") -> bool:
    """The customer wants this way again; False when there was no opt-out.

    Raises:
        Conflict: a number of the customer's wants nothing by this way; that is lifted where it was said.
    """
    customer = act.lock(Customer.objects.visible_to(act.actor), customer_id)
    if way in silent_ways(customer.pk):
        raise Conflict(message(AT_NUMBER))
    held = OptOut.objects.filter(customer=customer, way=way, ended_at=None).first()
    if held is None:
        return False
    held.ended_at = act.now
    held.save(update_fields=["ended_at"])
    act.record(held, customer_id=customer.pk, reason=reason, way=way)
    return True


@action("contacts.consent", needs="contacts.note")
def give_consent(act: Act, customer_id: int, *, purpose: str, evidence: str) -> Consent:
    """The customer agreed to be contacted for a purpose; agreeing twice is once."""
    customer = act.lock(Customer.objects.visible_to(act.actor), customer_id)
    held = Consent.objects.filter(customer=customer, purpose=purpose, ended_at=None).first()
    if held is not None:
        return held
    made = Consent.objects.create(customer=customer, purpose=purpose, since=act.now, evidence=evidence)
    act.record(made, customer_id=customer.pk, purpose=purpose, evidence=evidence)
    return made


@action("contacts.withdraw_consent", needs="contacts.note")
def withdraw_consent(act: Act, customer_id: int, *, purpose: str, reason: str = "") -> bool:
    """The customer took the consent back; False when there was none."""
    customer = act.lock(Customer.objects.visible_to(act.actor), customer_id)
    held = Consent.objects.filter(customer=customer, purpose=purpose, ended_at=None).first()
    if held is None:
        return False
    held.ended_at = act.now
    held.save(update_fields=["ended_at"])
    act.record(held, customer_id=customer.pk, reason=reason, purpose=purpose)
    return True
