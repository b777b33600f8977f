"""Takes a visit up: from now on it is this agent's, and nobody else dials the customer."""

from __future__ import annotations

from huiyin.foundation.actions import Act, action
from huiyin.promises.public import hand_over
from huiyin.visits.actions.taking import TAKEN, locked, take
from huiyin.visits.actions.telling_case import tell_who_revisits
from huiyin.visits.models import Visit


@action("visits.start", needs="visits.work")
def start_visit(act: Act, visit_id: int) -> Visit:
    """Claims the visit.

    Raises:
        Conflict: somebody else was faster (named), it has ended, or the actor handled its case.
    """
    visit = locked(act, visit_id)
    before = visit.agent_id
    take(act, visit)
    visit.save(update_fields=TAKEN)
    if before != visit.agent_id:
        hand_over(act.call, subject=visit, owner=visit.agent_id)
        tell_who_revisits(act, visit)
    act.record(visit, customer_id=visit.customer_id)
    return visit
