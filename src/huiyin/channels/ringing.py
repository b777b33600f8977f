"""Asks an exchange for a call that was opened: no transaction waits for a machine of others."""

from __future__ import annotations

from collections.abc import Callable

from huiyin.channels.actions.open_call import claim_call, settle_call
from huiyin.channels.models import PhoneCall
from huiyin.channels.registry import channel_kinds
from huiyin.kernel.call import Call


def ring(new_call: Callable[[], Call], call_id: int, number: str) -> PhoneCall:
    """Asks once and settles; the call as it stands then. One that was asked for before is not asked for again."""
    call = claim_call(new_call(), call_id)
    dial = channel_kinds()["telephone"].dial
    assert dial is not None  # noqa: S101 - the contract test of the kinds
    if call is not None:
        settle_call(new_call(), call_id, dial(call, number))
    return PhoneCall.objects.get(pk=call_id)
