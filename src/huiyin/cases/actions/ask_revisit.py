"""Asks for a revisit of an accepted case."""

from __future__ import annotations

from huiyin.cases.actions.moving import locked
from huiyin.cases.actions.settling import ask_for_revisit
from huiyin.cases.models import Case
from huiyin.cases.rules.needs import NEEDS
from huiyin.foundation.actions import Act, action


@action("cases.ask_revisit", needs=NEEDS["ask_revisit"])
def ask_revisit(act: Act, case_id: int) -> Case:
    """Makes the revisit due, for somebody else than the handler."""
    case = ask_for_revisit(act, locked(act, case_id))
    act.record(case, customer_id=case.customer_id)
    return case
