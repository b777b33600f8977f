"""Jobs of the worker: send what waits, read the mailboxes."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from huiyin.channels.actions.claim_look import claim_look
from huiyin.channels.actions.claim_message import claim_message
from huiyin.channels.actions.release_stuck import release_stuck
from huiyin.channels.actions.settle_message import settle_look, settle_message
from huiyin.channels.actions.take_up_pushed import leave_stuck, take_up_pushed
from huiyin.channels.queries.messages import due_messages
from huiyin.channels.queries.outside import next_waiting, people_who_wait
from huiyin.channels.queries.sms import messages_to_look_up
from huiyin.channels.receiving import fetch_all
from huiyin.channels.registry import channel_kinds
from huiyin.foundation import clock
from huiyin.foundation.calls import system_call

AT_ONCE = 500
log = logging.getLogger(__name__)


@app.task(pass_context=False)
def deliver(message_id: int) -> None:
    """Tries once to send one message; safe to run twice, at once or later."""
    deliver_now(message_id)


def deliver_now(message_id: int) -> bool:
    """Claims, sends, settles: three steps, so that no transaction waits for a server of others."""
    message = claim_message(system_call(), message_id)
    if message is None:
        return False
    send = channel_kinds()[message.kind].send
    assert send is not None  # noqa: S101 - the contract test of the kinds
    return settle_message(system_call(), message, send(message))


def look_now(message_id: int) -> bool:
    """Asks what became of a message: claims the look, asks, settles."""
    message = claim_look(system_call(), message_id)
    if message is None:
        return False
    look = channel_kinds()[message.kind].look
    return look is not None and settle_look(system_call(), message, look(message))


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="deliver_due", pass_context=False)
def deliver_due(timestamp: int) -> int:
    """Every minute: takes everything that is due, second tries and messages whose job was lost alike."""
    return deliver_all()


def deliver_all() -> int:
    """Releases messages of dead senders, looks up those in doubt and tries all that is due; returns how many were
    tried."""
    release_stuck(system_call())
    while doubtful := messages_to_look_up(clock.now(), AT_ONCE):
        for pk in doubtful:
            look_now(pk)
    tried = 0
    while due := due_messages(clock.now(), AT_ONCE):
        tried += sum(deliver_now(pk) for pk in due)
    return tried


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="fetch_mail", lock="fetch_mail", pass_context=False)
def fetch_mail(timestamp: int) -> int:
    """Every minute: reads the new mails of all mailboxes; returns how many came."""
    return sum(report.received for report in fetch_all(system_call))


@app.task(pass_context=False)
def take_up_from(identity_id: int) -> int:
    """Takes up what somebody wrote on a platform; safe to run twice, at once or later. Returns how many it took up."""
    return take_up_all_from(identity_id)


def take_up_all_from(identity_id: int) -> int:
    """One message after the other, each in a transaction of its own; a bad one does not stop the next."""
    taken = 0
    while (pk := next_waiting(identity_id)) is not None:
        try:
            taken += take_up_pushed(system_call(), pk) is not None
        except Exception as error:
            log.exception("message %s of a platform could not be taken up", pk)
            leave_stuck(system_call(), pk, why=type(error).__name__)
    return taken


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="take_up_waiting", pass_context=False)
def take_up_waiting(timestamp: int) -> int:
    """Every minute: messages of platforms whose job was lost."""
    return sum(take_up_all_from(pk) for pk in people_who_wait(AT_ONCE))
