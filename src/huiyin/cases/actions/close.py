"""Closes a case."""

from __future__ import annotations

from huiyin.cases.actions.moving import locked
from huiyin.cases.actions.settling import shut
from huiyin.cases.models import Case
from huiyin.cases.rules.needs import NEEDS
from huiyin.foundation.actions import Act, action


@action("cases.close", needs=NEEDS["close"])
def close_case(act: Act, case_id: int, *, reason: str = "") -> Case:
    """Closes on the customer's verdict, or after documented tries to reach the customer (CAS-11)."""
    case = shut(act, locked(act, case_id), "close", reason)
    act.record(case, customer_id=case.customer_id, reason=reason, verdict=case.verdict)
    return case
