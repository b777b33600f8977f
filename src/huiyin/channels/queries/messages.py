"""Messages in and out: what is due, what somebody may see."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from huiyin.channels.models import IncomingMessage, OutgoingMessage, OutgoingState
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import NotFound


def due_messages(now: datetime, size: int) -> list[int]:
    """The keys of messages to try now, longest waiting first."""
    due = OutgoingMessage.objects.filter(state=OutgoingState.QUEUED, next_try_at__lte=now)
    return list(due.order_by("next_try_at", "id").values_list("pk", flat=True)[:size])


def outgoing_seen_by(actor: Actor) -> QuerySet[OutgoingMessage]:
    """Everything that was sent, to those who look after the channels; others see messages at their record."""
    return OutgoingMessage.objects.all() if actor.may("channels.see") else OutgoingMessage.objects.none()


def incoming_seen_by(actor: Actor) -> QuerySet[IncomingMessage]:
    """Everything that was received, to those who look after the channels."""
    return IncomingMessage.objects.all() if actor.may("channels.see") else IncomingMessage.objects.none()


def messages_about(about: str, about_id: int) -> tuple[QuerySet[IncomingMessage], QuerySet[OutgoingMessage]]:
    """Received and sent messages of one record, oldest first; whoever sees the record sees them."""
    received = IncomingMessage.objects.filter(about=about, about_id=about_id).prefetch_related("attachments")
    sent = OutgoingMessage.objects.filter(about=about, about_id=about_id)
    return received.order_by("received_at", "id"), sent.order_by("id")


def sent_message(actor: Actor, message_id: int) -> OutgoingMessage:
    """One message of ours with its receipts.

    Raises:
        NotFound: there is none, or it is not for this person.
    """
    found = outgoing_seen_by(actor).select_related("account", "mailbox").filter(pk=message_id).first()
    if found is None:
        raise NotFound
    return found
