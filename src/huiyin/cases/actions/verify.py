"""Confirms that the record is right."""

from __future__ import annotations

from huiyin.cases.actions.moving import locked, move
from huiyin.cases.models import Case
from huiyin.cases.rules.needs import NEEDS
from huiyin.foundation.actions import Act, action


@action("cases.verify", needs=NEEDS["verify"])
def verify_case(act: Act, case_id: int, *, note: str = "") -> Case:
    """Says that the customer has confirmed the record (CAS-5)."""
    case = locked(act, case_id)
    move(act, case, "verify", reason=note, evidence=note)
    act.record(case, customer_id=case.customer_id, reason=note)
    return case
