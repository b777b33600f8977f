"""A receipt of a provider: kept once, and its message's fate is known."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from huiyin.channels.actions.join_receipts import apply_receipt
from huiyin.channels.models import OutgoingMessage, OutgoingState, SmsAccount, SmsReceipt
from huiyin.channels.rules.sms.receipts import Report
from huiyin.foundation.actions import Act, action

IN_DOUBT = (OutgoingState.UNCERTAIN, OutgoingState.SENDING)


@action("channels.take_report")
def take_report(act: Act, account: SmsAccount, report: Report) -> bool:
    """Whether the receipt changed a message. The same one again changes nothing; one that comes too early waits."""
    receipt, made = SmsReceipt.objects.get_or_create(
        account=account,
        serial=report.serial,
        number=report.number,
        delivered=report.delivered,
        defaults={"reason": report.reason, "at": report.at, "received_at": act.now},
    )
    if not made:
        return False
    message = _message(account, report)
    if message is None:
        return False
    receipt.message = message
    receipt.save(update_fields=["message"])
    return apply_receipt(act, message, receipt)


def _message(account: SmsAccount, report: Report) -> OutgoingMessage | None:
    """The message, locked: by our number or the provider's. Where a provider gives neither back, a receipt belongs to
    the only message to that number whose fate is in doubt; of two nobody could say which."""
    ours = OutgoingMessage.objects.filter(account=account, kind="sms", to=report.number)
    named = Q(serial=report.serial)
    if report.reference:
        named |= Q(message_id=report.reference)
    found = _locked(ours.filter(named))
    if found or report.reference:
        return found[0] if found else None
    doubtful = _locked(ours.filter(state__in=IN_DOUBT, serial="", claimed_at__isnull=False))
    if len(doubtful) == 1 and doubtful[0].state == OutgoingState.UNCERTAIN:
        return doubtful[0]
    found = _locked(ours.filter(named))  # once more: its sender may have written the number while we waited for it
    return found[0] if found else None


def _locked(rows: QuerySet[OutgoingMessage]) -> list[OutgoingMessage]:
    return list(rows.select_for_update(of=("self",)).order_by("pk")[:2])
