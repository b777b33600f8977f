"""Whom a visit reaches at which number, and what the contact ledger says to calling now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.db.models import QuerySet

from huiyin.contact_ledger.public import Answer, Block, Matter, Purpose, Way, ask, windows_of
from huiyin.customers.public import Contact
from huiyin.foundation.prepared import Given, prepared
from huiyin.kernel.windows import PARTS_OF_DAY, Liked, OpenWindow, liked_parts
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.models import Visit
from huiyin.visits.queries.resting import rests_until

KIND_REFUSED = _("The customer refused visits of this kind; that is respected.")


@dataclass(frozen=True)
class Reach:
    """Whom one asks for, at which number (not masked; "": none), and the number to dial: the first there is."""

    name: str
    phone: str
    number: str


class Told(TypedDict):
    """How the contact ledger is told of a call for a visit."""

    customer: int
    way: str
    purpose: str
    about: Matter
    asked_for: datetime | None


def reach_of(visit: Visit) -> Reach:
    """How the customer of a visit can be reached, in one query."""
    people = _people(visit.customer_id)
    name, phone = people[0] if people else ("", "")
    return Reach(name, phone, next((each for _name, each in people if each), ""))


@prepared
def _people(customer: Given) -> QuerySet[Contact, tuple[str, str]]:
    rows = Contact.objects.filter(customer_id=customer).order_by("-is_primary", "id")
    return rows.values_list("name", "phone")


def matter_of(visit: Visit) -> Matter:
    """The visit as the contact ledger knows it."""
    return visit._meta.label_lower, visit.pk


def call_for(visit: Visit, *, spoken: bool) -> Told:
    """A call for this visit as the ledger is asked for it.

    It is owed when the visit is, and when an earlier call for it was answered (``spoken``); a time the customer named
    opens it from then on.
    """
    return {
        "customer": visit.customer_id,
        "way": Way.PHONE,
        "purpose": Purpose.OWED if spoken or not visit.sampled else Purpose.FOLLOW_UP,
        "about": matter_of(visit),
        "asked_for": visit.again_at if visit.again_asked else None,
    }


def may_call_now(visit: Visit, now: datetime, *, spoken: bool) -> Answer:
    """Whether the customer of this visit may be called at ``now``, and why (not)."""
    until = None if spoken else rests_until(visit, now)
    if until:
        return Answer(False, Block.REFUSED_BEFORE, message(KIND_REFUSED), until)
    told = call_for(visit, spoken=spoken)
    return ask(told["customer"], told["way"], told["purpose"], now, matter=told["about"], asked_for=told["asked_for"])


def may_call_at(visit: Visit, moment: datetime, *, asked: bool) -> Answer:
    """Whether the customer may be called at a later hour of this visit; ``asked``: the customer named it."""
    told = call_for(visit, spoken=True)
    return ask(
        told["customer"],
        told["way"],
        told["purpose"],
        moment,
        matter=told["about"],
        asked_for=moment if asked else None,
    )


def open_hours(visit: Visit, now: datetime) -> list[OpenWindow]:
    """The hours of the next days in which this customer is called."""
    wanted = visit.customer
    liked = Liked(PARTS_OF_DAY.get(wanted.preferred_time, ()), frozenset(wanted.preferred_weekdays))
    return [part for window in windows_of(Way.PHONE, now) for part in liked_parts(window, liked)]
