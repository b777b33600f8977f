"""Customers and purchases over the API."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from ninja import Query, Router, Status

from huiyin.customers.actions.change_contacts import add_contact
from huiyin.customers.actions.change_customer import change_customer
from huiyin.customers.actions.record_purchase import Article, record_purchase
from huiyin.customers.actions.register_customer import register_customer
from huiyin.customers.actions.reveal import reveal as reveal_value
from huiyin.customers.intake.drafts import AddressDraft, ContactDraft
from huiyin.customers.models import Customer, Purchase
from huiyin.customers.queries.file import (
    addresses_of,
    contacts_of,
    customer_seen_by,
    customers_by_keys,
    customers_seen_by,
    listed,
)
from huiyin.customers.queries.purchases import purchase_seen_by, purchases_of
from huiyin.customers.queries.search import search_customers
from huiyin.customers.rules.phones import normal_phone
from huiyin.customers.schemas import (
    ContactIn,
    CustomerChange,
    CustomerIn,
    CustomerOut,
    CustomerRow,
    PurchaseIn,
    PurchaseOut,
    PurchaseWithLines,
    RevealIn,
    RevealOut,
    TimelineOut,
)
from huiyin.customers.timeline import timeline
from huiyin.foundation import clock
from huiyin.foundation.api import ApiRequest, Cursor, Page, answers, call_of_api, needs, outcome, page_of
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

PREFIX = "/customers"
router = Router(tags=["customers"])


@router.get("", auth=needs("customers.see"), response=answers(Page[CustomerRow]))
def list_customers(request: ApiRequest, cursor: Query[Cursor], q: str = "") -> Page[CustomerRow]:
    """Visible customers by name; with ``q`` those that fit a name, number, phone, serial or purchase number."""
    if q.strip():
        keys = search_customers(request.actor, q, limit=cursor.size)
        rows = customers_by_keys(request.actor, keys)
        return Page(items=[CustomerRow.from_orm(row) for row in rows], next=None)
    rows_seen = customers_seen_by(request.actor)
    return page_of(
        rows_seen, order=("sort_key", "id"), cursor=cursor, out=lambda row: CustomerRow.from_orm(listed(row))
    )


@router.post("", auth=needs("customers.change"), response=answers(CustomerOut, 201))
def create_customer(request: ApiRequest, data: CustomerIn) -> Status[CustomerOut]:
    """Opens a file; an ``Idempotency-Key`` makes a repeat harmless."""
    given = data.dict(exclude_unset=True)
    pk = outcome(
        register_customer,
        call_of_api(request),
        values={name: value for name, value in given.items() if value is not None},
        contacts=[_contact(contact) for contact in data.contacts],
        addresses=[AddressDraft(**address.dict()) for address in data.addresses],
        external=data.external_numbers,
        source=data.external_source,
    )
    return Status(201, _file(customer_seen_by(request.actor, pk)))


@router.get("/{int:customer_id}", auth=needs("customers.see"), response=answers(CustomerOut))
def get_customer(request: ApiRequest, customer_id: int) -> CustomerOut:
    """One customer's file, personal data masked."""
    return _file(customer_seen_by(request.actor, customer_id))


@router.patch("/{int:customer_id}", auth=needs("customers.change"), response=answers(CustomerOut))
def update_customer(request: ApiRequest, customer_id: int, data: CustomerChange) -> CustomerOut:
    """Changes the given fields."""
    optional = {"cooperation_since", "home_store_id", "in_charge_id"}
    given = {n: v for n, v in data.dict(exclude_unset=True).items() if v is not None or n in optional}
    outcome(change_customer, call_of_api(request), customer_id, values=given)
    return _file(customer_seen_by(request.actor, customer_id))


@router.post("/{int:customer_id}/contacts", auth=needs("customers.change"), response=answers(CustomerOut, 201))
def create_contact(request: ApiRequest, customer_id: int, data: ContactIn) -> Status[CustomerOut]:
    """Adds a way to reach the customer."""
    outcome(add_contact, call_of_api(request), customer_id, contact=_contact(data))
    return Status(201, _file(customer_seen_by(request.actor, customer_id)))


@router.post("/{int:customer_id}/reveal", auth=needs("customers.reveal"), response=answers(RevealOut))
def reveal_field(request: ApiRequest, customer_id: int, data: RevealIn) -> RevealOut:
    """One masked value in full; the look and its reason are on record, the answer is not kept for repeats."""
    call = Call(actor=request.actor, now=clock.now())
    found = reveal_value(call, customer_id, field=data.field, reason=data.reason, item_id=data.item_id)
    return RevealOut(value=found)


@router.get("/{int:customer_id}/timeline", auth=needs("customers.see"), response=answers(TimelineOut))
def get_timeline(request: ApiRequest, customer_id: int, cursor: Query[Cursor]) -> Any:
    """What happened with the customer, newest first."""
    customer = customer_seen_by(request.actor, customer_id)
    stretch = timeline(request.actor, customer.pk, after=cursor.after, size=cursor.size)
    return {"items": stretch.entries, "next": stretch.next}


@router.get("/{int:customer_id}/purchases", auth=needs("customers.see"), response=answers(Page[PurchaseOut]))
def list_purchases(request: ApiRequest, customer_id: int, cursor: Query[Cursor]) -> Page[PurchaseOut]:
    """The customer's purchases, newest first."""
    rows = purchases_of(request.actor, customer_seen_by(request.actor, customer_id))
    return page_of(rows, order=("-bought_at", "-id"), cursor=cursor, out=PurchaseOut)


@router.post(
    "/{int:customer_id}/purchases", auth=needs("customers.record_purchase"), response=answers(PurchaseWithLines, 201)
)
def create_purchase(request: ApiRequest, customer_id: int, data: PurchaseIn) -> Status[Any]:
    """Records a purchase; an ``Idempotency-Key`` makes a repeat harmless."""
    bought_at = data.bought_at if timezone.is_aware(data.bought_at) else timezone.make_aware(data.bought_at)
    pk = outcome(
        record_purchase,
        call_of_api(request),
        customer_id,
        bought_at=bought_at,
        articles=[Article(**article.dict()) for article in data.articles],
        number=data.number,
        source=data.source,
        store_id=data.store_id,
        currency=data.currency,
        is_return=data.is_return,
    )
    return Status(201, _purchase(purchase_seen_by(request.actor, pk)))


@router.get("/purchases/{int:purchase_id}", auth=needs("customers.see"), response=answers(PurchaseWithLines))
def get_purchase(request: ApiRequest, purchase_id: int) -> Any:
    """One purchase with its lines."""
    return _purchase(purchase_seen_by(request.actor, purchase_id))


def _purchase(purchase: Purchase) -> dict[str, Any]:
    head = PurchaseOut.from_orm(purchase).dict()
    return {**head, "lines": list(purchase.lines.order_by("line_no"))}


def _contact(data: ContactIn) -> ContactDraft:
    phone = normal_phone(data.phone) if data.phone else ""
    if data.phone and not phone:
        why = message(_("This is not a phone number."))
        raise Invalid(why, {"phone": why})
    return ContactDraft(
        name=data.name, position=data.position, phone=phone, email=data.email.strip().lower(), wechat=data.wechat
    )


def _file(customer: Customer) -> CustomerOut:
    fields = {
        name: getattr(customer, name) for name in CustomerOut.model_fields if name not in ("contacts", "addresses")
    }
    return CustomerOut.model_validate(
        {
            **fields,
            "contacts": [vars(contact) for contact in contacts_of(customer.pk)],
            "addresses": [vars(address) for address in addresses_of(customer.pk)],
        }
    )
