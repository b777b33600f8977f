"""Somebody wants messages again after all."""

from __future__ import annotations

from huiyin.channels.models import OptOut
from huiyin.channels.queries.sms import customers_at
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

CHANNEL = "sms"


@action("channels.lift_opt_out", needs="channels.work")
def lift_opt_out(act: Act, opt_out_id: int, *, because: str) -> OptOut:
    """Messages may go there again from now on; the wish, its end and the reason stay on record.

    A customer who said the same about the way itself, not by the number, stays opted out.

    Raises:
        Invalid: without a reason.
        Conflict: it was lifted already.
    """
    row = act.lock(OptOut.objects.all(), opt_out_id)
    if not because.strip():
        need = message(_("Say how the customer agreed to get messages again."))
        raise Invalid(need, {"because": need})
    if row.lifted_at is not None:
        raise Conflict(message(_("This was lifted already.")))
    row.lifted_at, row.lifted_because = act.now, because.strip()[:300]
    row.save(update_fields=["lifted_at", "lifted_because"])
    act.record(row, reason=row.lifted_because)
    for customer in customers_at(row.address) if row.channel == CHANNEL else ():
        act.record(row, customer_id=customer, reason=row.lifted_because)
    return row
