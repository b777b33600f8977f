"""A customer's SMS: kept once, told to the rooms above; who wants no more gets no more from this moment on."""

from __future__ import annotations

from datetime import timedelta

from huiyin.channels.actions.handle import received_event
from huiyin.channels.events import OptedOut
from huiyin.channels.models import IncomingMessage, IncomingState, OptOut, SmsAccount
from huiyin.channels.queries.numbers import sms_numbers
from huiyin.channels.queries.sms import customers_at, last_about
from huiyin.channels.rules.sms.opt_out import asks_to_stop
from huiyin.channels.rules.sms.receipts import Reply
from huiyin.foundation.actions import Act, action

CHANNEL = "sms"


@action("channels.take_reply")
def take_reply(act: Act, account: SmsAccount, reply: Reply) -> IncomingMessage | None:
    """Keeps the answer; None for a copy. An opt-out is not work for anybody: it is respected and told as OptedOut."""
    numbers = sms_numbers()
    stops = bool(reply.number) and asks_to_stop(reply.text, numbers.opt_out_words)
    why = "opt_out" if stops else "" if reply.number else "service_number"
    row, made = _kept(act, account, reply, why=why, state=IncomingState.IGNORED if why else IncomingState.NEW)
    if not made:
        return None
    if stops:
        opt_out(act.call, reply.number, message=row)
    elif not why:
        act.emit(received_event(row))
    return row


@action("channels.keep_stuck_reply")
def keep_stuck_reply(act: Act, account: SmsAccount, reply: Reply, *, why: str) -> IncomingMessage:
    """Keeps an answer that no room could take up, with the name of the error; a person takes it up later."""
    row, _made = _kept(act, account, reply, why=why[:300], state=IncomingState.STUCK)
    return row


def _kept(
    act: Act, account: SmsAccount, reply: Reply, *, why: str, state: IncomingState
) -> tuple[IncomingMessage, bool]:
    """The answer's row, and whether it is new."""
    since = act.now - timedelta(days=sms_numbers().reply_days)
    answered = last_about(reply.number, since) if reply.number else None
    about = answered.subject_of if answered else None
    text = reply.text.replace("\x00", "")
    return IncomingMessage.objects.get_or_create(
        key=f"{CHANNEL}:{account.pk}:{reply.key}",
        defaults={
            "kind": CHANNEL,
            "account": account,
            "sender": reply.number,
            "text": text,
            "full_text": text,
            "size": len(text.encode()),
            "received_at": act.now,
            "written_at": min(reply.at, act.now) if reply.at else None,
            "state": state,
            "reason": why,
            "thread": about[0] if about else "",
            "thread_id": about[1] if about else None,
        },
    )


@action("channels.opt_out")
def opt_out(act: Act, address: str, *, message: IncomingMessage | None = None, channel: str = CHANNEL) -> OptOut | None:
    """Nothing goes to this address by this channel any more; None when that was so already."""
    row, made = OptOut.objects.get_or_create(
        channel=channel, address=address, lifted_at=None, defaults={"at": act.now, "message": message}
    )
    if not made:
        return None
    act.record(row, channel=channel)
    for customer in customers_at(address) if channel == CHANNEL else ():
        act.record(row, customer_id=customer, channel=channel)
    act.emit(OptedOut(channel=channel, address=address, message_id=message.pk if message else None))
    return row
