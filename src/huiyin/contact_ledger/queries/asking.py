"""The one answer to "may I contact this person now?" (VIS-15)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from huiyin.contact_ledger.models import ContactEntry
from huiyin.contact_ledger.queries.facts import NO_MATTER, Matter, person_facts
from huiyin.contact_ledger.queries.rules import hours_around, rules_at
from huiyin.contact_ledger.rules.asking import Answer, Block, may_contact
from huiyin.contact_ledger.rules.words import WAY_LABELS, Purpose, Way
from huiyin.customers.public import Customer
from huiyin.foundation.prepared import Given, prepared
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound

SHOWN = 5
ASKED = (Way.PHONE, Way.SMS, Way.EMAIL)


@dataclass(frozen=True)
class WayAnswer:
    """One way to a customer and whether it is open for a follow-up now."""

    way: str
    label: str
    answer: Answer
    opted_out: bool


def ask(
    customer: int,
    way: str,
    purpose: str,
    now: datetime,
    *,
    matter: Matter | None = None,
    asked_for: datetime | None = None,
) -> Answer:
    """Whether this customer may be contacted now, by this way, for this purpose; nothing is held.

    Raises:
        NotFound: there is no such customer.
    """
    answers = ask_each([customer], way, purpose, now, matter=matter, asked_for=asked_for)
    if customer not in answers:
        raise NotFound
    return answers[customer]


def ask_as_seen(actor: Actor, customer: int, way: str, purpose: str, now: datetime) -> Answer:
    """The answer about a customer inside the actor's area.

    Raises:
        NotFound: there is no such customer there.
    """
    if not Customer.objects.visible_to(actor).filter(pk=customer).exists():
        raise NotFound
    return ask(customer, way, purpose, now)


def ask_each(
    customers: Collection[int],
    way: str,
    purpose: str,
    now: datetime,
    *,
    matter: Matter | None = None,
    asked_for: datetime | None = None,
) -> dict[int, Answer]:
    """The answer for each customer; the number of statements does not grow with them."""
    rules, calendar = rules_at(now)
    facts = person_facts(customers, now, calendar.zone, matter=matter or NO_MATTER)
    hours = hours_around(rules, calendar, way, now)
    numbers = rules.contact_numbers
    return {
        pk: may_contact(numbers, known.by(way), hours, purpose, now, asked_for=asked_for) for pk, known in facts.items()
    }


def ledger_of(customer: int) -> list[ContactEntry]:
    """The latest contacts with a customer, newest first."""
    return _latest(customer)


@prepared
def _latest(customer: Given) -> QuerySet[ContactEntry]:
    return ContactEntry.objects.filter(customer=customer).select_related("by")[:SHOWN]


def ways_of(customer: int, now: datetime) -> list[WayAnswer]:
    """The ways to a customer that have an address, each with its answer for a follow-up now."""
    rules, calendar = rules_at(now)
    facts = person_facts([customer], now, calendar.zone)
    found = []
    for way in ASKED if customer in facts else ():
        hours = hours_around(rules, calendar, way, now)
        answer = may_contact(rules.contact_numbers, facts[customer].by(way), hours, Purpose.FOLLOW_UP, now)
        if answer.code != Block.NO_ADDRESS:
            found.append(WayAnswer(way, WAY_LABELS[way], answer, answer.code == Block.OPTED_OUT))
    return found
