"""Whether a due SMS may go now, and through which account."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings

from huiyin.channels.kinds.sms_out.composing import write
from huiyin.channels.models import OutgoingMessage
from huiyin.channels.queries.numbers import sms_numbers
from huiyin.channels.queries.sms import choose_template, has_opted_out
from huiyin.channels.registry import Fate, FateKind
from huiyin.channels.rules.reasons import HELD, NO_ACCOUNT, OPTED_OUT, QUIET
from huiyin.channels.rules.sms.quiet import Purpose, quiet_end
from huiyin.contact_ledger.public import Purpose as Reason
from huiyin.contact_ledger.public import Way, opt_outs_from


def ready(message: OutgoingMessage, now: datetime) -> Fate | None:
    """None when it may go, with its account and words settled; else why not.

    Runs in the transaction that claims the message: what was decided is stored before anything is sent.
    """
    if has_opted_out(message.to) or _said_no(message):
        return Fate(FateKind.WITHHELD, OPTED_OUT)
    until = _quiet_until(message, now)
    if until is not None:
        return Fate(FateKind.WAIT, QUIET, until=until)
    choice = choose_template(message.template, message.to, now)
    if choice.template is None:
        return Fate(FateKind.WAIT, HELD, until=choice.until) if choice.until else Fate(FateKind.NOT_SET_UP, NO_ACCOUNT)
    message.account = choice.template.account
    write(message, choice.template)
    message.save(update_fields=["account", "text", "segments"])
    return None


def _said_no(message: OutgoingMessage) -> bool:
    """Whether the customer has opted out of SMS since the message was kept; answers to the customer still go."""
    if message.customer_id is None or message.contact_purpose == Reason.ANSWER:
        return False
    return opt_outs_from(Way.SMS).filter(customer=message.customer_id).exists()


def _quiet_until(message: OutgoingMessage, now: datetime) -> datetime | None:
    if message.purpose != Purpose.APPROACH:
        return None
    numbers = sms_numbers()
    zone = ZoneInfo(settings.TIME_ZONE)
    return quiet_end(now, begins=numbers.quiet_from, ends=numbers.quiet_until, zone=zone)
