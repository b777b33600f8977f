"""Writes down how a try ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from huiyin.channels.events import MessageNotDelivered
from huiyin.channels.models import OutgoingMessage, OutgoingState
from huiyin.channels.queries.numbers import mail_numbers
from huiyin.channels.registry import Fate, FateKind
from huiyin.foundation.actions import Act, action

NOT_SET_UP_WAIT = timedelta(minutes=15)


@action("channels.settle_message")
def settle_message(act: Act, message: OutgoingMessage, fate: Fate) -> bool:
    """Ends the try that ``message`` was claimed for; False when the claim is no longer ours.

    A claim is lost when its sender was taken for dead; then the try of the next one counts.
    """
    change = _change(message, fate, act.now)
    ours = OutgoingMessage.objects.filter(pk=message.pk, state=OutgoingState.SENDING, claim=message.claim)
    if not ours.update(claim=None, claimed_at=None, error=fate.reason, **change):
        return False
    if fate.kind is FateKind.NOT_SET_UP:
        return True
    act.record(message, customer_id=message.customer_id, state=change["state"], reason=fate.reason)
    if change["state"] in (OutgoingState.FAILED, OutgoingState.GAVE_UP):
        act.emit(MessageNotDelivered(message.pk, change["state"], fate.reason, message.subject_of))
    return True


def _change(message: OutgoingMessage, fate: Fate, now: datetime) -> dict[str, Any]:
    """The new state and what goes with it."""
    if fate.kind is FateKind.SENT:
        return {"state": OutgoingState.SENT, "sent_at": now, "next_try_at": None}
    if fate.kind is FateKind.REFUSED:
        return {"state": OutgoingState.FAILED, "next_try_at": None}
    if fate.kind is FateKind.NOT_SET_UP:
        later = now + NOT_SET_UP_WAIT
        return {"state": OutgoingState.QUEUED, "next_try_at": later, "attempts": message.attempts - 1}
    again = mail_numbers().next_try(message.attempts, now)
    return {"state": OutgoingState.QUEUED if again else OutgoingState.GAVE_UP, "next_try_at": again}
