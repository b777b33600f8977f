"""Dials for the agent, who never needs to see the number (PRV-1, CHN-4)."""

from __future__ import annotations

from huiyin.channels.public import PhoneCall, open_call
from huiyin.contact_ledger.public import claim_contact
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Forbidden
from huiyin.visits.actions.naming import check_kind_rests
from huiyin.visits.actions.start import start_visit
from huiyin.visits.queries.contacts import call_for, matter_of, reach_of
from huiyin.visits.queries.dials import dialled_for
from huiyin.visits.queries.policies import under_policy
from huiyin.visits.rules.attempts import LineResult, check_may_dial


@action("visits.dial_out", needs="visits.work")
def dial_out(act: Act, visit_id: int, *, override_reason: str = "") -> PhoneCall:
    """Takes the visit, claims the contact and opens the call; nothing rings yet (:func:`huiyin.channels.public.ring`).

    Raises:
        Conflict: the customer may not be called now or not again, somebody else has the visit, a call is on the line,
            or the agent sits at no extension.
        Forbidden: a contact rule would be overridden without the right.
    """
    if act.actor.staff_id is None:
        raise Forbidden
    visit = under_policy(start_visit(act.call, visit_id))
    earlier = dialled_for([visit])[visit.pk]
    check_may_dial(visit.policy.attempts, earlier, act.now)
    spoken = any(each.line == LineResult.CONNECTED for each in earlier)
    if not spoken:
        check_kind_rests(act, visit, override_reason)
    claim_contact(act.call, **call_for(visit, spoken=spoken), override_reason=override_reason)
    call = open_call(
        act.call,
        staff_id=act.actor.staff_id,
        number=reach_of(visit).number,
        about=matter_of(visit),
        customer=visit.customer_id,
    )
    act.record(visit, customer_id=visit.customer_id, call=call.pk)
    return call
