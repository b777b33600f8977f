"""Adds and removes ways to reach a customer."""

from __future__ import annotations

from huiyin.customers.intake.drafts import AddressDraft, ContactDraft, CustomerDraft
from huiyin.customers.intake.known import Known
from huiyin.customers.intake.newcomers import note_suspects, write_addresses, write_contacts
from huiyin.customers.models import Address, Contact, Customer
from huiyin.customers.rules.matching import Likeness
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("customers.add_contact", needs="customers.change")
def add_contact(act: Act, customer_id: int, *, contact: ContactDraft) -> Customer:
    """One more person or number; somebody else with the same phone goes into the merge queue.

    Raises:
        Invalid: there is nothing to reach anybody by.
    """
    customer = act.lock(Customer.objects.visible_to(act.actor), customer_id)
    if not (contact.phone or contact.email or contact.wechat):
        raise Invalid(message(_("Give a phone number, an e-mail address or a WeChat name.")))
    write_contacts([(customer.pk, contact, not customer.contacts.exists())])
    known = Known("")
    known.load([CustomerDraft(values={}, contacts=[contact])])
    others = {other.id for other in known.phones.get(contact.phone, ())} - {customer.pk}
    note_suspects(act, [(customer.pk, other, Likeness.PHONE) for other in others])
    act.record(customer, customer_id=customer.pk)
    return customer


@action("customers.remove_contact", needs="customers.change")
def remove_contact(act: Act, contact_id: int) -> int:
    """Takes a contact out of the file; history keeps it. Returns the customer's key."""
    contact = act.lock(Contact.objects.filter(customer__in=Customer.objects.visible_to(act.actor)), contact_id)
    customer = contact.customer
    contact.delete()
    if contact.is_primary:
        first = customer.contacts.order_by("id").first()
        if first:
            first.is_primary = True
            first.save(update_fields=["is_primary"])
    act.record(customer, customer_id=customer.pk)
    return customer.pk


@action("customers.add_address", needs="customers.change")
def add_address(act: Act, customer_id: int, *, address: AddressDraft) -> Customer:
    """One more place.

    Raises:
        Invalid: it is empty.
    """
    customer = act.lock(Customer.objects.visible_to(act.actor), customer_id)
    if not address.plain:
        raise Invalid(message(_("Write an address.")))
    write_addresses([(customer.pk, address, not customer.addresses.exists())])
    act.record(customer, customer_id=customer.pk)
    return customer


@action("customers.remove_address", needs="customers.change")
def remove_address(act: Act, address_id: int) -> int:
    """Takes a place out of the file; history keeps it. Returns the customer's key."""
    address = act.lock(Address.objects.filter(customer__in=Customer.objects.visible_to(act.actor)), address_id)
    customer = address.customer
    address.delete()
    act.record(customer, customer_id=customer.pk)
    return customer.pk
