"""SMS: the accounts, what each can send, what rests at the moment, and the rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpResponse
from django.utils.translation import gettext

from huiyin.channels.kinds.sms_out.registry import sms_providers
from huiyin.channels.models import SmsAccount, SmsHold
from huiyin.channels.queries.numbers import sms_numbers
from huiyin.channels.queries.sms import all_accounts, holds_on, segments_since
from huiyin.channels.rules.sms.policy import SmsNumbers
from huiyin.channels.texting import sms_texts
from huiyin.foundation import clock
from huiyin.foundation.pages import Request, page, show

DAYS = 30


@dataclass(frozen=True)
class AccountRow:
    """One account: its provider's name, how many kinds of SMS it can send of how many, and what rests."""

    account: SmsAccount
    provider: str
    able: int
    kinds: int
    hold: SmsHold | None


@dataclass(frozen=True)
class SmsPage:
    """Accounts in the order of use, the numbers in force, and the segments of the last 30 days."""

    rows: list[AccountRow]
    numbers: SmsNumbers
    segments: int
    days: int


@page("sms/", name="sms", needs="channels.change")
def sms_page(request: Request) -> HttpResponse:
    """The list."""
    now = clock.now()
    accounts = all_accounts()
    holds = holds_on(accounts, now)
    rows = [_row(account, holds.get(account.pk)) for account in accounts]
    segments = segments_since(now - timedelta(days=DAYS))
    return show(request, "channels/sms.html", SmsPage(rows, sms_numbers(), segments, DAYS))


def _row(account: SmsAccount, hold: SmsHold | None) -> AccountRow:
    kinds = {kind.code for kind in sms_texts()}
    able = sum(template.kind in kinds for template in account.templates.all())
    label = gettext(sms_providers()[account.provider].label)
    return AccountRow(account, label, able, len(kinds), hold)
