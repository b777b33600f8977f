"""Reopens a closed or cancelled case."""

from __future__ import annotations

from huiyin.cases.actions.moving import locked
from huiyin.cases.actions.settling import back_to_work
from huiyin.cases.models import Case
from huiyin.cases.rules.needs import NEEDS
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("cases.reopen", needs=NEEDS["reopen"])
def reopen_case(act: Act, case_id: int, *, reason: str) -> Case:
    """Takes the case up again, with the reason.

    Raises:
        Invalid: no reason.
    """
    if not reason.strip():
        why = message(_("Say why the case is opened again."))
        raise Invalid(why, {"reason": why})
    case = back_to_work(act, locked(act, case_id), "reopen", reason)
    act.record(case, customer_id=case.customer_id, reason=reason)
    return case
