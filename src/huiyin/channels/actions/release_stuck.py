"""Puts messages of dead senders back into the queue."""

from __future__ import annotations

from django.db.models import F

from huiyin.channels.models import OutgoingMessage, OutgoingState
from huiyin.channels.queries.numbers import mail_numbers
from huiyin.foundation.actions import Act, action

DOUBT = "the sender died; whether the server had taken the message is unknown"


@action("channels.release_stuck")
def release_stuck(act: Act) -> int:
    """Gives up claims older than the lease; returns how many.

    SMTP cannot say whether a mail was taken before the sender died. The message is sent again with the same
    Message-ID: at worst the receiver's program sees, and usually drops, a second copy; never is it lost.
    """
    dead = OutgoingMessage.objects.filter(state=OutgoingState.SENDING, claimed_at__lt=act.now - mail_numbers().lease)
    return dead.update(
        state=OutgoingState.QUEUED,
        claim=None,
        claimed_at=None,
        next_try_at=act.now,
        doubtful=F("doubtful") + 1,
        error=DOUBT,
    )
