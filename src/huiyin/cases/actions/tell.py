"""Tells the customer the result."""

from __future__ import annotations

from huiyin.cases.actions.letters import result_letter
from huiyin.cases.actions.moving import locked, move
from huiyin.cases.actions.telling import tell_customer
from huiyin.cases.models import Case
from huiyin.cases.rules.needs import NEEDS
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("cases.tell", needs=NEEDS["tell"])
def tell_result(act: Act, case_id: int, *, result: str) -> Case:
    """Tells the result in plain words and asks for the verdict by link (CAS-10).

    Raises:
        Invalid: nothing to tell.
    """
    case = locked(act, case_id)
    if not result.strip():
        why = message(_("Say what was done, in words the customer understands."))
        raise Invalid(why, {"result": why})
    move(act, case, "tell", reason=result, evidence=result, starts="told", told_at=act.now)
    tell_customer(act, case, result_letter(result))
    act.record(case, customer_id=case.customer_id, reason=result)
    return case
