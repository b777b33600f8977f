"""Takes a waiting message for one try; of several workers only one gets it."""

from __future__ import annotations

import uuid

from django.db.models import F

from huiyin.channels.actions.settle_message import settle_message
from huiyin.channels.models import OutgoingMessage, OutgoingState
from huiyin.channels.registry import channel_kinds
from huiyin.foundation.actions import Act, action


@action("channels.claim_message")
def claim_message(act: Act, message_id: int) -> OutgoingMessage | None:
    """Moves the message from ``queued`` to ``sending`` in one statement; None when it is not due or somebody has it.

    A channel may say that it must not go now (quiet hours, an opt-out); that is settled here, and nothing is sent.
    """
    claim = uuid.uuid4()
    due = OutgoingMessage.objects.filter(pk=message_id, state=OutgoingState.QUEUED, next_try_at__lte=act.now)
    mine = due.update(state=OutgoingState.SENDING, claim=claim, claimed_at=act.now, attempts=F("attempts") + 1)
    if not mine:
        return None
    message = OutgoingMessage.objects.select_related("mailbox", "account", "staff_account").get(pk=message_id)
    ready = channel_kinds()[message.kind].ready
    stop = ready(message, act.now) if ready else None
    if stop is None:
        return message
    settle_message(act.call, message, stop)
    return None
