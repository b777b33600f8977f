"""Accounts, templates, holds and opt-outs of the SMS channel."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet, Sum

from huiyin.channels.models import OptOut, OutgoingMessage, SmsAccount, SmsHold, SmsTemplate
from huiyin.customers.public import Contact
from huiyin.kernel.refusal import NotFound


@dataclass(frozen=True)
class Choice:
    """The template to use now; without one, until when everything rests (None: nothing is set up)."""

    template: SmsTemplate | None
    until: datetime | None = None


def choose_template(kind: str, number: str, now: datetime) -> Choice:
    """The first account's template for a kind of SMS that is not left in peace.

    A number that has had enough rests at every account: another provider is for when one is down, not for getting
    around a limit that protects the customer.
    """
    able = list(_usable(kind))
    if not able:
        return Choice(None)
    accounts = [template.account_id for template in able]
    holds = list(
        SmsHold.objects.filter(until__gt=now).filter(
            Q(number=number) | Q(number="", account__in=accounts, kind__in=("", kind))
        )
    )
    on_number = [hold.until for hold in holds if hold.number]
    if on_number:
        return Choice(None, max(on_number))
    resting = {hold.account_id for hold in holds}
    free = next((template for template in able if template.account_id not in resting), None)
    return Choice(free, min((hold.until for hold in holds), default=None))


def template_for(kind: str) -> SmsTemplate | None:
    """The template that would be used if nothing rests."""
    return _usable(kind).first()


def template_of(account_id: int, kind: str) -> SmsTemplate | None:
    """An account's template for a kind of SMS."""
    return SmsTemplate.objects.filter(account_id=account_id, kind=kind).first()


def _usable(kind: str) -> QuerySet[SmsTemplate]:
    templates = SmsTemplate.objects.filter(kind=kind, account__is_active=True).select_related("account")
    return templates.order_by("account__rank", "account_id")


def has_opted_out(address: str, channel: str = "sms") -> bool:
    """Whether nothing may be sent to this address by this channel."""
    return OptOut.objects.filter(channel=channel, address=address, lifted_at=None).exists()


def opt_outs() -> QuerySet[OptOut]:
    """Everybody who wants no messages, and who once did."""
    return OptOut.objects.all()


def all_accounts() -> list[SmsAccount]:
    """Every account with its templates, in the order in which they are used."""
    return list(SmsAccount.objects.prefetch_related("templates"))


def account_by_id(account_id: int) -> SmsAccount:
    """One account.

    Raises:
        NotFound: there is none.
    """
    account = SmsAccount.objects.filter(pk=account_id).first()
    if account is None:
        raise NotFound
    return account


def holds_on(accounts: list[SmsAccount], now: datetime) -> dict[int, SmsHold]:
    """What rests of each account at the moment: the longest hold on the whole of it, else on one kind."""
    holds = SmsHold.objects.filter(account__in=accounts, number="", until__gt=now).order_by("-kind", "until")
    return {hold.account_id: hold for hold in holds if hold.account_id}


def last_about(number: str, since: datetime) -> OutgoingMessage | None:
    """The last SMS to a number that was about a record of ours."""
    sent = OutgoingMessage.objects.filter(kind="sms", to=number, created_at__gte=since, about_id__isnull=False)
    return sent.order_by("-id").first()


def messages_to_look_up(now: datetime, size: int) -> list[int]:
    """The keys of messages whose fate is to be asked for now."""
    waiting = OutgoingMessage.objects.filter(state__in=("uncertain", "sent"), next_try_at__lte=now)
    return list(waiting.order_by("next_try_at", "id").values_list("pk", flat=True)[:size])


def pushed_to(account_id: int) -> SmsAccount | None:
    """The account that a provider's push is for, also while it is not used for sending."""
    return SmsAccount.objects.filter(pk=account_id).first()


def templates_of(account: SmsAccount) -> dict[str, SmsTemplate]:
    """An account's templates by kind of SMS."""
    return {template.kind: template for template in SmsTemplate.objects.filter(account=account)}


def segments_since(since: datetime) -> int:
    """How many short messages were charged, or will be, for what was handed over since."""
    sent = OutgoingMessage.objects.filter(kind="sms", sent_at__gte=since)
    return int(sent.aggregate(total=Sum("segments"))["total"] or 0)


def customers_at(number: str) -> list[int]:
    """The customers that a phone number belongs to."""
    contacts = Contact.objects.filter(phone=number, customer__merged_into=None)
    return sorted(set(contacts.values_list("customer", flat=True)))
