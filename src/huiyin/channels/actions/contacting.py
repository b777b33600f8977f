"""Messages in the contact ledger: asked before they are kept, told what became of them."""

from __future__ import annotations

from datetime import timedelta

from huiyin.channels.models import OutgoingMessage, OutgoingState
from huiyin.contact_ledger.public import Matter, Purpose, Way, claim_contact, note_fate
from huiyin.foundation.actions import Act

REACHED = frozenset({OutgoingState.SENT, OutgoingState.DELIVERED})
NOT_REACHED = frozenset(
    {
        OutgoingState.FAILED,
        OutgoingState.GAVE_UP,
        OutgoingState.WITHHELD,
        OutgoingState.UNDELIVERED,
        OutgoingState.BOUNCED,
    }
)
WAYS = {"email": Way.EMAIL, "sms": Way.SMS}
HELD_AT_MOST = timedelta(days=31)
"""A message's claim is settled by its fate, which may take days; one that is never learned counts for a month."""


def matter_of(message: OutgoingMessage) -> Matter:
    """The message as the contact ledger knows it.

    One that asks for something belongs to what it is about: its reminder, or a call about the same, comes after it as
    one matter. An answer stands for itself.
    """
    about = message.subject_of if message.contact_purpose != Purpose.ANSWER else None
    return about or (message._meta.label_lower, message.pk)


def claim_for(act: Act, message: OutgoingMessage) -> None:
    """Takes the contact for a message to a customer that is no answer.

    Raises:
        Conflict: the customer may not be contacted now; the sentence says why.
    """
    if message.customer_id is None or message.kind not in WAYS or message.contact_purpose == Purpose.ANSWER:
        return
    claim_contact(
        act.call,
        customer=message.customer_id,
        way=WAYS[message.kind],
        purpose=message.contact_purpose,
        about=matter_of(message),
        holds=HELD_AT_MOST,
    )


def tell_ledger(act: Act, message: OutgoingMessage, state: str) -> None:
    """What became of a message to a customer; nothing while it is still open."""
    if message.customer_id is None or message.kind not in WAYS or state not in REACHED | NOT_REACHED:
        return
    note_fate(
        act.call,
        customer=message.customer_id,
        way=WAYS[message.kind],
        purpose=message.contact_purpose,
        about=matter_of(message),
        reached=state in REACHED,
    )
