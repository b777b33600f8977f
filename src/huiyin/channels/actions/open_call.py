"""Opens a call before an exchange is asked for it, and settles what the exchange answered."""

from __future__ import annotations

import uuid
from datetime import timedelta

from huiyin.channels.models import PhoneCall
from huiyin.channels.queries.telephone import extension_of
from huiyin.channels.registry import Fate, FateKind
from huiyin.channels.rules.telephone.line import OPEN, LineState
from huiyin.customers.public import mask_phone
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

UNHEARD, LONGEST_CALL = timedelta(seconds=90), timedelta(hours=2)
"""How long a call without any event, and one on the line, stands in the way of another one about the same."""
AFTER = {FateKind.REFUSED: LineState.FAILED, FateKind.UNKNOWN: LineState.UNKNOWN}


@action("channels.open_call")
def open_call(act: Act, *, staff_id: int, number: str, about: tuple[str, int], customer: int) -> PhoneCall:
    """A call of a person at an extension; :func:`huiyin.channels.ringing.ring` then asks for it, outside of any
    transaction. The number itself is not stored.

    Raises:
        Conflict: the person sits at no extension, there is no number, or a call about the same is on the line.
    """
    seat = extension_of(staff_id)
    if seat is None:
        raise Conflict(message(_("You sit at no extension that calls can be asked for.")))
    if not number:
        raise Conflict(message(_("There is no phone number to call.")))
    _clear(act, about)
    return PhoneCall.objects.create(
        key=uuid.uuid4(),
        exchange=seat.exchange,
        staff_id=staff_id,
        extension=seat.number,
        number=mask_phone(number),
        about=about[0],
        about_id=about[1],
        customer_id=customer,
        asked_at=act.now,
    )


@action("channels.claim_call")
def claim_call(act: Act, call_id: int) -> PhoneCall | None:
    """Takes an opened call for the one time that the exchange is asked for it; None when it was taken before."""
    opened = PhoneCall.objects.filter(pk=call_id, state=LineState.ASKED, rung_at=None)
    if not opened.update(rung_at=act.now):
        return None
    return PhoneCall.objects.select_related("exchange").get(pk=call_id)


@action("channels.settle_call")
def settle_call(act: Act, call_id: int, fate: Fate) -> None:
    """Writes down what the exchange answered; where its events were faster they know better."""
    call = PhoneCall.objects.filter(pk=call_id)
    call.update(told_at=act.now, reason=fate.reason[:200])
    if fate.kind in AFTER:
        call.filter(state=LineState.ASKED).update(state=AFTER[fate.kind])


@action("channels.give_up_call")
def give_up_call(act: Act, call_id: int) -> bool:
    """The phone did not ring: the call no longer stands in the way of another one; False when the line told more."""
    silent = PhoneCall.objects.filter(pk=call_id, state__in=(LineState.ASKED, LineState.UNKNOWN))
    return bool(silent.update(state=LineState.GIVEN_UP, ended_at=act.now))


def _clear(act: Act, about: tuple[str, int]) -> None:
    """Gives up a call about the same that was never heard of, or is longer than any talk; any other one stands."""
    standing = PhoneCall.objects.filter(about=about[0], about_id=about[1], state__in=OPEN)
    if not standing.exists():
        return
    call = standing.select_for_update(skip_locked=True).first()
    silent = call is not None and call.state in (LineState.ASKED, LineState.UNKNOWN)
    if call is None or act.now < call.asked_at + (UNHEARD if silent else LONGEST_CALL):
        raise Conflict(message(_("The last call is still on the line; wait until it ends.")))
    call.state, call.ended_at = LineState.GIVEN_UP, act.now
    call.save(update_fields=["state", "ended_at"])
