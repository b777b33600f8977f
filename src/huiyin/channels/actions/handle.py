"""A received message finds somebody who works on it."""

from __future__ import annotations

from huiyin.channels.events import MessageReceived
from huiyin.channels.models import IncomingMessage, IncomingState
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("channels.mark_handled")
def mark_handled(act: Act, message_id: int, *, about: tuple[str, int]) -> None:
    """Notes which record took the message up; called by the room that reacted to MessageReceived."""
    received = act.lock(IncomingMessage.objects.all(), message_id)
    received.state, received.reason = IncomingState.HANDLED, ""
    received.about, received.about_id = about
    received.save(update_fields=["state", "reason", "about", "about_id"])
    act.record(received, about=about[0], about_id=about[1])


@action("channels.take_up", needs="channels.work")
def take_up(act: Act, message_id: int) -> IncomingMessage:
    """Offers an ignored or stuck message to the rooms above after all, as if it had just come.

    Raises:
        Conflict: it was taken up already.
    """
    received = act.lock(IncomingMessage.objects.all(), message_id)
    if received.state not in (IncomingState.IGNORED, IncomingState.STUCK, IncomingState.NEW):
        raise Conflict(message(_("This message was taken up already.")))
    received.state, before, received.reason = IncomingState.NEW, received.reason, ""
    received.save(update_fields=["state", "reason"])
    act.record(received, reason=before)
    act.emit(received_event(received))
    received.refresh_from_db()
    return received


def received_event(received: IncomingMessage) -> MessageReceived:
    """What is told about a received message."""
    return MessageReceived(
        message_id=received.pk,
        channel=received.kind,
        sender=received.sender,
        subject=received.subject,
        text=received.text,
        thread_of=received.thread_of,
        identity_id=received.identity_id,
    )
