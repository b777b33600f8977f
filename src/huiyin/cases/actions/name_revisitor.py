"""Names who makes the revisit."""

from __future__ import annotations

from huiyin.cases.actions.moving import change
from huiyin.cases.models import Case
from huiyin.foundation.actions import Act, action


@action("cases.name_revisitor")
def name_revisitor(act: Act, case_id: int, *, staff_id: int) -> Case:
    """Keeps who will ask the customer, or has asked; from then on this person sees the case. Safe to repeat."""
    case = act.lock(Case.objects.all(), case_id)
    if case.revisitor_id != staff_id:
        change(case, revisitor_id=staff_id)
        act.record(case, customer_id=case.customer_id, to=staff_id)
    return case
