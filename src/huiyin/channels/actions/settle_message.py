"""Writes down how a try, or a look at what became of it, ended."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from huiyin.channels.actions.contacting import tell_ledger
from huiyin.channels.actions.hold import rest
from huiyin.channels.actions.join_receipts import join_receipts
from huiyin.channels.events import MessageNotDelivered
from huiyin.channels.models import OutgoingMessage, OutgoingState
from huiyin.channels.queries.sms import choose_template
from huiyin.channels.registry import Fate, FateKind, channel_kinds, looks_of
from huiyin.foundation.actions import Act, action

NOT_SET_UP_WAIT = timedelta(minutes=15)
FOR_GOOD = (OutgoingState.FAILED, OutgoingState.GAVE_UP, OutgoingState.WITHHELD, OutgoingState.UNDELIVERED)
UNTRIED = (FateKind.NOT_SET_UP, FateKind.WAIT)


@action("channels.settle_message")
def settle_message(act: Act, message: OutgoingMessage, fate: Fate) -> bool:
    """Ends the try that ``message`` was claimed for; False when the claim is no longer ours.

    A claim is lost when its sender was taken for dead and the message went to the next one. The answer to a try that
    was taken for dead but never given to another still counts.
    """
    if fate.hold:
        rest(act.call, message, fate)
    change = _change(message, fate, act.now)
    ours = OutgoingMessage.objects.filter(
        pk=message.pk, state__in=(OutgoingState.SENDING, OutgoingState.UNCERTAIN), claim=message.claim
    )
    if not ours.update(error=fate.reason, **change):
        return False
    if fate.kind not in UNTRIED:
        _tell(act, message, change["state"], fate)
    return True


@action("channels.settle_look")
def settle_look(act: Act, message: OutgoingMessage, fate: Fate) -> bool:
    """Writes down what the provider knows about a message; False when it was settled in between.

    A message that the provider proves not to have goes back into the queue, but only when the time is over in which
    the request could still have been accepted.
    """
    change = _seen(message, fate, act.now)
    if change is None:
        return _look_later(act, message, fate)
    still = OutgoingMessage.objects.filter(pk=message.pk, state=message.state, claim=message.claim)
    if not still.update(error=fate.reason, **change):
        return False
    _tell(act, message, change["state"], fate)
    return True


def _tell(act: Act, message: OutgoingMessage, state: str, fate: Fate) -> None:
    act.record(message, customer_id=message.customer_id, state=state, reason=fate.reason)
    tell_ledger(act, message, state)
    if state in FOR_GOOD:
        act.emit(MessageNotDelivered(message.pk, state, fate.reason, message.subject_of))
    if fate.serial:
        join_receipts(act.call, message.pk)


def _change(message: OutgoingMessage, fate: Fate, now: datetime) -> dict[str, Any]:
    """The new state and what goes with it."""
    done: dict[str, Any] = {"claim": None, "claimed_at": None, "next_try_at": None}
    if fate.kind is FateKind.SENT:
        return {**done, **_sent(message, fate, now)}
    if fate.kind is FateKind.REFUSED:
        return {**done, "state": OutgoingState.FAILED}
    if fate.kind is FateKind.WITHHELD:
        return {**done, "state": OutgoingState.WITHHELD, "attempts": message.attempts - 1}
    if fate.kind is FateKind.UNKNOWN:
        return _uncertain(message, now)
    if fate.kind in UNTRIED:
        later = fate.until or now + NOT_SET_UP_WAIT
        return {**done, "state": OutgoingState.QUEUED, "next_try_at": later, "attempts": message.attempts - 1}
    return {**done, **_again(message, fate, now)}


def _sent(message: OutgoingMessage, fate: Fate, now: datetime) -> dict[str, Any]:
    """Sent; a channel that can look up what became of it does so when no receipt comes."""
    looks = channel_kinds()[message.kind].look is not None
    look = looks_of(message.kind).next_look(now, now, uncertain=False) if looks else None
    return {"state": OutgoingState.SENT, "sent_at": now, "serial": fate.serial, "next_try_at": look}


def _uncertain(message: OutgoingMessage, now: datetime) -> dict[str, Any]:
    """The claim stays: should its answer come late after all, it counts."""
    tried = message.claimed_at or now
    look = looks_of(message.kind).next_look(tried, now, uncertain=True)
    return {"state": OutgoingState.UNCERTAIN, "doubtful": message.doubtful + 1, "next_try_at": look}


def _again(message: OutgoingMessage, fate: Fate, now: datetime) -> dict[str, Any]:
    """At once through another account if one is free; that is the same try. Else later, not before the rest ends."""
    waits = channel_kinds()[message.kind].waits
    assert waits is not None  # noqa: S101 - the contract test of the kinds
    again = waits().next_try(message.attempts, now)
    if fate.hold:
        choice = choose_template(message.template, message.to, now)
        if choice.template is not None:
            return {"state": OutgoingState.QUEUED, "next_try_at": now, "attempts": message.attempts - 1}
        again = max(again, choice.until) if again and choice.until else again
    return {"state": OutgoingState.QUEUED if again else OutgoingState.GAVE_UP, "next_try_at": again}


def _seen(message: OutgoingMessage, fate: Fate, now: datetime) -> dict[str, Any] | None:
    """What a look changes; None when it brought nothing new."""
    done: dict[str, Any] = {"claim": None, "claimed_at": None, "next_try_at": None}
    known = {"serial": fate.serial or message.serial, "sent_at": message.sent_at or message.claimed_at}
    if fate.kind is FateKind.DELIVERED:
        return {**done, **known, "state": OutgoingState.DELIVERED, "delivered_at": fate.at or now}
    if fate.kind is FateKind.UNDELIVERED:
        return {**done, **known, "state": OutgoingState.UNDELIVERED}
    if message.state != OutgoingState.UNCERTAIN or message.claimed_at is None:
        return None
    if fate.kind is FateKind.SENT:
        look = looks_of(message.kind).next_look(message.claimed_at, now, uncertain=False)
        return {**done, **known, "state": OutgoingState.SENT, "next_try_at": look}
    if fate.kind is FateKind.NOT_SENT and looks_of(message.kind).proven(message.claimed_at, now):
        return {**done, "state": OutgoingState.QUEUED, "next_try_at": now}
    return None


def _look_later(act: Act, message: OutgoingMessage, fate: Fate) -> bool:
    """The next look, or none any more: then its fate stays unknown and somebody is told."""
    uncertain = message.state == OutgoingState.UNCERTAIN
    tried = message.claimed_at or message.sent_at or act.now
    look = looks_of(message.kind).next_look(tried, act.now, uncertain=uncertain)
    still = OutgoingMessage.objects.filter(pk=message.pk, state=message.state, claim=message.claim)
    changed = still.update(next_try_at=look)
    if changed and uncertain and look is None:
        act.emit(MessageNotDelivered(message.pk, message.state, fate.reason, message.subject_of))
    return bool(changed)
