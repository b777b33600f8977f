"""Messages of dead senders: sent again where a copy can be recognised, looked up where it cannot."""

from __future__ import annotations

from django.db.models import F

from huiyin.channels.models import OutgoingMessage, OutgoingState
from huiyin.channels.registry import ChannelKind, channel_kinds
from huiyin.channels.rules.reasons import DIED
from huiyin.foundation.actions import Act, action


@action("channels.release_stuck")
def release_stuck(act: Act) -> int:
    """Gives up claims older than their channel's lease; returns how many.

    SMTP cannot say whether a mail was taken before the sender died. The message is sent again with the same
    Message-ID: at worst the receiver's program sees, and usually drops, a second copy; never is it lost. Of an SMS the
    provider can say what became of it, and a second copy would reach the customer: it is looked up first.
    """
    return sum(_release(act, kind) for kind in channel_kinds() if kind.send)


def _release(act: Act, kind: ChannelKind) -> int:
    assert kind.waits is not None  # noqa: S101 - the contract test of the kinds
    dead = OutgoingMessage.objects.filter(
        kind=kind.code, state=OutgoingState.SENDING, claimed_at__lt=act.now - kind.waits().lease
    )
    if kind.look:
        return dead.update(state=OutgoingState.UNCERTAIN, next_try_at=act.now, doubtful=F("doubtful") + 1, error=DIED)
    return dead.update(
        state=OutgoingState.QUEUED,
        claim=None,
        claimed_at=None,
        next_try_at=act.now,
        doubtful=F("doubtful") + 1,
        error=DIED,
    )
