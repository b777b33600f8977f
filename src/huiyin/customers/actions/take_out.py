"""Hands out a customer's personal data in full for a file; who, why and which file is on record (PRV-1)."""

from __future__ import annotations

from huiyin.customers.models import Customer
from huiyin.customers.queries.personal import Personal, full_personal
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("customers.take_out", needs="customers.export")
def take_out(act: Act, customer_id: int, *, reason: str, file: str) -> Personal:
    """The customer's name, contact and address unmasked; ``file`` says what they go into (``visits.visit:7 pdf``).

    Raises:
        Invalid: no reason.
        NotFound: outside the actor's area.
    """
    customer = act.lock(Customer.objects.visible_to(act.actor), customer_id)
    if not reason.strip():
        raise Invalid(message(_("Say why you need it.")), {"reason": message(_("A value is missing."))})
    act.record(customer, customer_id=customer.pk, reason=reason.strip()[:200], file=file)
    return full_personal(customer)
