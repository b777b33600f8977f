"""A person decides that a message is to be sent once more."""

from __future__ import annotations

import secrets

from huiyin.channels.actions.contacting import claim_for
from huiyin.channels.models import OutgoingMessage, OutgoingState
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

AT_AN_END = (OutgoingState.GAVE_UP, OutgoingState.FAILED, OutgoingState.UNDELIVERED)


@action("channels.send_again", needs="channels.work")
def send_again(act: Act, message_id: int) -> OutgoingMessage:
    """Puts an SMS back into the queue as a new try with a number of its own.

    Raises:
        Conflict: it is on its way, was delivered, or its fate is still being looked up; or the customer may not be
            contacted now.
    """
    row = act.lock(OutgoingMessage.objects.filter(kind="sms"), message_id)
    if not may_send_again(row):
        raise Conflict(message(_("This message is on its way, or its fate is still being looked up.")))
    before, row.state = row.state, OutgoingState.QUEUED
    row.message_id = f"hy{secrets.token_hex(12)}"
    row.serial, row.claim, row.claimed_at, row.sent_at = "", None, None, None
    row.attempts, row.next_try_at, row.error = 0, act.now, ""
    row.save()
    claim_for(act, row)
    act.record(row, customer_id=row.customer_id, state=row.state, before=before)
    return row


def may_send_again(row: OutgoingMessage) -> bool:
    """Whether nothing happens to the message any more by itself and it did not arrive."""
    looked = row.state == OutgoingState.UNCERTAIN and row.next_try_at is None
    return row.kind == "sms" and (looked or row.state in AT_AN_END)
