"""Takes a waiting message for one try; of several workers only one gets it."""

from __future__ import annotations

import uuid

from django.db.models import F

from huiyin.channels.models import OutgoingMessage, OutgoingState
from huiyin.foundation.actions import Act, action


@action("channels.claim_message")
def claim_message(act: Act, message_id: int) -> OutgoingMessage | None:
    """Moves the message from ``queued`` to ``sending`` in one statement; None when it is not due or somebody has it."""
    claim = uuid.uuid4()
    due = OutgoingMessage.objects.filter(pk=message_id, state=OutgoingState.QUEUED, next_try_at__lte=act.now)
    mine = due.update(state=OutgoingState.SENDING, claim=claim, claimed_at=act.now, attempts=F("attempts") + 1)
    return OutgoingMessage.objects.select_related("mailbox").get(pk=message_id) if mine else None
