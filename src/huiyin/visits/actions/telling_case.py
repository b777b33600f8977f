"""Tells a case who makes its revisit, so that this person sees what was done for the customer."""

from __future__ import annotations

from huiyin.cases.public import name_revisitor
from huiyin.foundation.actions import Act
from huiyin.kernel.actor import SYSTEM
from huiyin.kernel.call import Call
from huiyin.visits.models import Visit


def tell_who_revisits(act: Act, visit: Visit) -> None:
    """Names the visit's agent to the case it asks about; nothing for visits without a case or an agent."""
    if visit.case_id is not None and visit.agent_id is not None:
        name_revisitor(Call(SYSTEM, act.now), visit.case_id, staff_id=visit.agent_id)
