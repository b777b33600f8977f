"""What the contact ledger adds to the customer page: may this person be contacted now, and when was it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huiyin.contact_ledger.models import ContactEntry
from huiyin.contact_ledger.queries.asking import WayAnswer, ledger_of, ways_of
from huiyin.foundation import clock
from huiyin.foundation.forms import say
from huiyin.foundation.slots import Panel
from huiyin.kernel.actor import Actor


@dataclass(frozen=True)
class ContactPanel:
    """Each way with its answer for a follow-up now, said in the reader's language, and the latest contacts."""

    customer: int
    ways: Sequence[tuple[WayAnswer, str]]
    entries: Sequence[ContactEntry]
    may_note: bool


def customer_panel(actor: Actor, customer_id: int) -> ContactPanel | None:
    """The ledger of one customer; nothing for whoever may not see it."""
    if not actor.may("contacts.see"):
        return None
    ways = [(each, say(each.answer.why)) for each in ways_of(customer_id, clock.now())]
    entries = ledger_of(customer_id)
    if not ways and not entries:
        return None
    return ContactPanel(customer_id, ways, entries, actor.may("contacts.note"))


PANELS = [Panel(place="customer", template="contact_ledger/_panel.html", order=30, build=customer_panel)]
