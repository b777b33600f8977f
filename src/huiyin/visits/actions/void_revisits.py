"""Cancels the open visits of a case that is in work again."""

from __future__ import annotations

from huiyin.foundation.actions import Act, action
from huiyin.visits.actions.following import end_visit
from huiyin.visits.models import Visit
from huiyin.visits.rules.lifecycle import State

REOPENED = "the case was reopened"


@action("visits.void_revisits")
def void_revisits(act: Act, case_id: int) -> int:
    """Cancels revisits that nobody has begun; one that is being made right now goes on. Returns how many."""
    waiting = Visit.objects.filter(case=case_id, state__in=[State.DUE, State.PLANNED])
    visits = list(waiting.select_for_update(of=("self",)).select_related("policy", "customer"))
    for visit in visits:
        end_visit(act, visit, "cancel", REOPENED, replace=False)
        act.record(visit, customer_id=visit.customer_id, reason=REOPENED)
    return len(visits)
