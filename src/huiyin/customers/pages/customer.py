"""One customer on one page: what is owed on top, the timeline in the middle, how to reach them at the side (CUS-3)."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from huiyin.customers.forms import WEEKDAYS
from huiyin.customers.models import Customer
from huiyin.customers.queries.file import (
    ShownAddress,
    ShownContact,
    ShownDevice,
    addresses_of,
    contacts_of,
    customer_seen_by,
    devices_of,
    went_into,
)
from huiyin.customers.queries.glance import Glance, glance_at
from huiyin.customers.timeline import Stretch, timeline, timeline_kinds
from huiyin.foundation import clock
from huiyin.foundation.pages import Request, go, page, show
from huiyin.foundation.slots import FilledPanel, panels_of
from huiyin.kernel.refusal import NotFound
from huiyin.promises.public import OwedToCustomer, promises_to


@dataclass(frozen=True)
class TimelinePart:
    """A stretch of the timeline with its filter."""

    customer_id: int
    stretch: Stretch
    only: str
    kinds: list[tuple[str, str]]


@dataclass(frozen=True)
class CustomerPage:
    """Everything an agent needs when the customer is on the phone."""

    customer: Customer
    glance: Glance
    promises: list[OwedToCustomer]
    panels: list[FilledPanel]
    contacts: list[ShownContact]
    addresses: list[ShownAddress]
    devices: list[ShownDevice]
    weekdays: str
    timeline: TimelinePart
    may_change: bool
    may_reveal: bool
    may_sell: bool


@page("customers/<int:customer_id>/", name="customer", needs="customers.see")
def customer_page(request: Request, customer_id: int) -> HttpResponse:
    """The customer's file; a merged file leads to the one it went into."""
    try:
        customer = customer_seen_by(request.actor, customer_id)
    except NotFound:
        kept = went_into(customer_id)
        if kept is None:
            raise
        return go("customer", kept)
    return show(request, "customers/customer.html", _page(request, customer))


def _page(request: Request, customer: Customer) -> CustomerPage:
    actor, now = request.actor, clock.now()
    names = dict(WEEKDAYS)
    return CustomerPage(
        customer=customer,
        glance=glance_at(customer.pk),
        promises=promises_to(customer.pk),
        panels=panels_of("customer", actor, customer.pk),
        contacts=contacts_of(customer.pk),
        addresses=addresses_of(customer.pk),
        devices=devices_of(customer.pk, timezone.localdate(now)),
        weekdays=gettext(", ").join(str(names[day]) for day in sorted(customer.preferred_weekdays) if day in names),
        timeline=_timeline(request, customer.pk),
        may_change=actor.may("customers.change"),
        may_reveal=actor.may("customers.reveal"),
        may_sell=actor.may("customers.record_purchase"),
    )


def _timeline(request: Request, customer_id: int) -> TimelinePart:
    only = request.GET.get("only", "")
    known = [(kind.code, gettext(kind.label)) for kind in timeline_kinds()]
    chosen = [only] if only in dict(known) else []
    stretch = timeline(request.actor, customer_id, after=request.GET.get("after"), only=chosen)
    return TimelinePart(customer_id, stretch, only if chosen else "", known)


@page("customers/<int:customer_id>/timeline/", name="customer-timeline", needs="customers.see")
def timeline_page(request: Request, customer_id: int) -> HttpResponse:
    """Older entries, put in place of the button that asked for them."""
    customer = customer_seen_by(request.actor, customer_id)
    if not request.htmx:
        return show(request, "customers/customer.html", _page(request, customer))
    return show(request, "customers/_timeline_more.html", _timeline(request, customer.pk))
