"""A waiting message of a platform reaches the rooms above, once, after those the same person wrote before it."""

from __future__ import annotations

from huiyin.channels.actions.handle import received_event
from huiyin.channels.models import IncomingMessage, IncomingState, OutsideIdentity
from huiyin.foundation.actions import Act, action

UNTAKEN = "untaken"


@action("channels.take_up_pushed")
def take_up_pushed(act: Act, message_id: int) -> IncomingMessage | None:
    """Offers a message to the rooms above; None when somebody else did meanwhile. What no room wants is kept as stuck.

    The person's row is locked first: two messages of one person are never taken up at once.
    """
    received = _locked(act, message_id)
    if received is None:
        return None
    act.emit(received_event(received))
    left = IncomingMessage.objects.filter(pk=message_id, state=IncomingState.NEW)
    left.update(state=IncomingState.STUCK, reason=UNTAKEN)
    return received


@action("channels.leave_stuck")
def leave_stuck(act: Act, message_id: int, *, why: str) -> None:
    """A message that could not be taken up waits for a person of ours; those behind it go on."""
    received = _locked(act, message_id)
    if received is None:
        return
    received.state, received.reason = IncomingState.STUCK, why[:300]
    received.save(update_fields=["state", "reason"])
    act.record(received, reason=received.reason)


def _locked(act: Act, message_id: int) -> IncomingMessage | None:
    """The message with its person locked, if it still waits."""
    whose = IncomingMessage.objects.values_list("identity_id", flat=True).get(pk=message_id)
    if whose is not None:
        act.lock(OutsideIdentity.objects.all(), whose)
    received = act.lock(IncomingMessage.objects.all(), message_id)
    return received if received.state == IncomingState.NEW else None
