"""Takes a visit up: from now on it is this agent's, and nobody else dials the customer."""

from __future__ import annotations

from huiyin.contact_ledger.public import claim_if_allowed
from huiyin.foundation.actions import Act, action
from huiyin.promises.public import hand_over
from huiyin.visits.actions.joining import locked_others
from huiyin.visits.actions.promising import hand_along
from huiyin.visits.actions.taking import TAKEN, check_handler, locked, take
from huiyin.visits.actions.telling_case import tell_who_revisits
from huiyin.visits.models import Visit
from huiyin.visits.queries.contacts import call_for
from huiyin.visits.queries.dials import attempts_for
from huiyin.visits.rules.attempts import LineResult


@action("visits.start", needs="visits.work")
def start_visit(act: Act, visit_id: int) -> Visit:
    """Claims the visit, and the contact with its customer if the contact ledger allows it now.

    With the contact claimed, a call that is written down after its hours was still made inside them. Without it the
    visit is taken all the same, and :func:`log_attempt` says why the customer cannot be called.

    Raises:
        Conflict: somebody else was faster (named), it has ended, the actor handled a case that the call is about, or
            the visit is made in another one's call.
    """
    visit = locked(act, visit_id)
    before = visit.agent_id
    take(act, visit)
    for each in locked_others([visit]):
        check_handler(act, each)
    visit.save(update_fields=TAKEN)
    if before != visit.agent_id:
        hand_over(act.call, subject=visit, owner=visit.agent_id)
        tell_who_revisits(act, visit)
        hand_along(act, visit)
    spoken = visit.sampled and attempts_for(visit).filter(line=LineResult.CONNECTED).exists()
    claim_if_allowed(act.call, **call_for(visit, spoken=spoken))
    act.record(visit, customer_id=visit.customer_id)
    return visit
