"""Shows a masked value in full to somebody who says why; every look is on record (PRV-1)."""

from __future__ import annotations

from huiyin.customers.models import Address, Contact, Customer
from huiyin.customers.rules.addresses import full_address
from huiyin.customers.rules.phones import spoken_phone
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid, NotFound
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

CONTACT_FIELDS = frozenset({"phone", "email", "wechat"})


@action("customers.reveal", needs="customers.reveal")
def reveal(act: Act, customer_id: int, *, field: str, reason: str, item_id: int | None = None) -> str:
    """The full value of ``phone``, ``email``, ``wechat`` or ``address``; of the primary one without ``item_id``.

    Raises:
        Invalid: no reason, or no such field.
        NotFound: outside the actor's area, or there is no such value.
    """
    customer = act.lock(Customer.objects.visible_to(act.actor), customer_id)
    if not reason.strip():
        raise Invalid(message(_("Say why you need it.")), {"reason": message(_("A value is missing."))})
    value = _value(customer, field, item_id)
    if not value:
        raise NotFound
    act.record(customer, customer_id=customer.pk, reason=reason.strip()[:200], field=field, item=item_id)
    return value


def _value(customer: Customer, field: str, item_id: int | None) -> str:
    if field in CONTACT_FIELDS:
        return _contact_value(customer, field, item_id)
    if field == "address":
        return _address_value(customer, item_id)
    raise Invalid(message(_("There is no such field to show.")))


def _contact_value(customer: Customer, field: str, item_id: int | None) -> str:
    rows = Contact.objects.filter(customer=customer).exclude(**{field: ""}).order_by("-is_primary", "id")
    contact = rows.filter(pk=item_id).first() if item_id else rows.first()
    value = str(getattr(contact, field)) if contact else ""
    return spoken_phone(value) if field == "phone" else value


def _address_value(customer: Customer, item_id: int | None) -> str:
    rows = Address.objects.filter(customer=customer).order_by("-is_primary", "id")
    place = rows.filter(pk=item_id).first() if item_id else rows.first()
    return full_address([place.country, place.province, place.city, place.district, place.line]) if place else ""
