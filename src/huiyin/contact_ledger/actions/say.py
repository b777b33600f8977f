"""What customers said about being contacted: opt-outs and consents, each until it is taken back."""

from __future__ import annotations

from django.db.models import QuerySet

from huiyin.contact_ledger.events import ConsentWithdrawn
from huiyin.contact_ledger.models import Consent, OptOut
from huiyin.contact_ledger.queries.facts import Matter
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
    """The customer took the consent back, of whatever matter; False when there was none."""
    customer = act.lock(Customer.objects.visible_to(act.actor), customer_id)
    return _ended(act, Consent.objects.filter(customer=customer, purpose=purpose, ended_at=None), reason)


@action("contacts.answer_consent", needs="contacts.note")
def answer_consent(
    act: Act, customer_id: int, *, purpose: str, about: Matter, given: bool, wording: str, reason: str = ""
) -> Consent:
    """The customer said yes or no to a question put about one matter, in the words of a version.

    The newest answer holds; the same one again changes nothing. A "no" after a "yes" takes it back.
    """
    customer = act.lock(Customer.objects.visible_to(act.actor), customer_id)
    asked = Consent.objects.filter(customer=customer, purpose=purpose, subject=about[0], subject_id=about[1])
    last = asked.order_by("-pk").first()
    if last is not None and last.holds == given:
        return last
    _ended(act, asked.filter(ended_at=None), reason)
    made = Consent.objects.create(
        customer=customer,
        purpose=purpose,
        since=act.now,
        ended_at=None if given else act.now,
        given=given,
        subject=about[0],
        subject_id=about[1],
        wording=wording,
        by_id=act.actor.staff_id,
    )
    act.record(made, customer_id=customer.pk, reason=reason, purpose=purpose, given=given, wording=wording)
    return made


def _ended(act: Act, consents: QuerySet[Consent], reason: str) -> bool:
    """Ends them and tells the rooms above; False when there was none."""
    held = list(consents)
    for each in held:
        each.ended_at = act.now
        each.save(update_fields=["ended_at"])
        act.record(each, customer_id=each.customer_id, reason=reason, purpose=each.purpose)
        act.emit(ConsentWithdrawn(each.customer_id, each.purpose, each.subject, each.subject_id))
    return bool(held)
