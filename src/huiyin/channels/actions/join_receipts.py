"""Receipts that came before it was known what they belong to find their message."""

from __future__ import annotations

from huiyin.channels.actions.contacting import tell_ledger
from huiyin.channels.events import MessageNotDelivered
from huiyin.channels.models import OutgoingMessage, SmsReceipt
from huiyin.channels.rules.sms.receipts import DELIVERED, after_receipt
from huiyin.foundation.actions import Act, action


@action("channels.join_receipts")
def join_receipts(act: Act, message_id: int) -> None:
    """Applies the receipts that wait for the message's number at the provider."""
    message = act.lock(OutgoingMessage.objects.all(), message_id)
    waiting = SmsReceipt.objects.filter(account_id=message.account_id, serial=message.serial, message=None)
    for receipt in waiting.order_by("id"):
        receipt.message = message
        receipt.save(update_fields=["message"])
        apply_receipt(act, message, receipt)


def apply_receipt(act: Act, message: OutgoingMessage, receipt: SmsReceipt) -> bool:
    """What a receipt does to its (locked) message; False when it changes nothing."""
    state = after_receipt(message.state, delivered=receipt.delivered)
    if state is None:
        return False
    message.sent_at = message.sent_at or message.claimed_at or receipt.received_at
    message.state, message.error, message.next_try_at = state, "" if receipt.delivered else receipt.reason, None
    message.claim, message.claimed_at, message.serial = None, None, receipt.serial
    message.delivered_at = (receipt.at or receipt.received_at) if state == DELIVERED else None
    message.save()
    act.record(message, customer_id=message.customer_id, state=state, reason=receipt.reason)
    tell_ledger(act, message, state)
    if state != DELIVERED:
        act.emit(MessageNotDelivered(message.pk, state, receipt.reason, message.subject_of))
    return True
