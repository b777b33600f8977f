"""A message of ours came back."""

from __future__ import annotations

from huiyin.channels.actions.contacting import tell_ledger
from huiyin.channels.events import MessageNotDelivered
from huiyin.channels.models import OutgoingMessage, OutgoingState
from huiyin.channels.rules.bounces import Bounce
from huiyin.foundation.actions import Act, action

DELIVERED_TO_SERVER = (OutgoingState.SENT, OutgoingState.SENDING, OutgoingState.QUEUED)


@action("channels.take_bounce")
def take_bounce(act: Act, bounce: Bounce) -> None:
    """Marks the message as bounced, once; reports of delays and of strangers' mails change nothing."""
    if not bounce.final or not bounce.message_id:
        return
    message = (
        OutgoingMessage.objects.filter(message_id=bounce.message_id, state__in=DELIVERED_TO_SERVER)
        .select_for_update(of=("self",))
        .first()
    )
    if message is None:
        return
    message.state, message.error, message.next_try_at = OutgoingState.BOUNCED, bounce.reason, None
    message.save(update_fields=["state", "error", "next_try_at"])
    act.record(message, customer_id=message.customer_id, state=message.state, reason=bounce.reason)
    tell_ledger(act, message, message.state)
    act.emit(MessageNotDelivered(message.pk, message.state, bounce.reason, message.subject_of))
