"""Opens a customer's file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from huiyin.customers.actions.fields import SOURCE, check_values
from huiyin.customers.intake.drafts import AddressDraft, ContactDraft, CustomerDraft
from huiyin.customers.intake.known import Known
from huiyin.customers.intake.newcomers import create_customers, note_suspects
from huiyin.customers.models import Customer
from huiyin.customers.rules.matching import Likeness
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("customers.register", needs="customers.change")
def register_customer(
    act: Act,
    *,
    values: Mapping[str, Any],
    contacts: Sequence[ContactDraft] = (),
    addresses: Sequence[AddressDraft] = (),
    external: Sequence[str] = (),
    source: str = SOURCE,
) -> Customer:
    """Gives a number, keeps the file, and puts look-alikes into the merge queue (CUS-1, CUS-4).

    ``values`` are fields of the model; ``external`` are the customer's numbers in the system ``source``. Somebody who
    works in a store opens files for that store.

    Raises:
        Invalid: the name is missing, a value is not possible, or a number in the outside system is taken.
    """
    checked = check_values(act, values)
    if not str(checked.get("name", "")).strip():
        raise Invalid(message(_("A customer needs a name.")), {"name": message(_("A value is missing."))})
    if not checked.get("home_store_id") and act.actor.store_ids:
        checked["home_store_id"] = min(act.actor.store_ids)
    draft = CustomerDraft(
        values=checked,
        external=list(external),
        contacts=[contact for contact in contacts if contact.says_something],
        addresses=[place for place in addresses if place.plain],
    )
    found = _alike(draft, source)
    (pk,) = create_customers(act, [draft], source)
    note_suspects(act, [(pk, other, why) for other, why in found])
    customer = Customer.objects.get(pk=pk)
    act.record(customer, customer_id=pk, number=customer.number)
    return customer


def _alike(draft: CustomerDraft, source: str) -> list[tuple[int, Likeness]]:
    """Whom the newcomer resembles; a person decides, even when everything agrees."""
    known = Known(source)
    known.load([draft])
    found = known.find(draft)
    if found.id is not None and any(number in known.external for number in draft.external):
        raise Invalid(message(_("Another customer has this number in the other system.")))
    return list(found.suspects) if found.id is None else [(found.id, Likeness.PHONE)]
