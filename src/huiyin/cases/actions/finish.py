"""Finishes the work."""

from __future__ import annotations

from huiyin.cases.actions.clocks import owed_about, set_due
from huiyin.cases.actions.moving import locked, move
from huiyin.cases.actions.own_stage import let_go_of_stages
from huiyin.cases.models import Case
from huiyin.cases.rules.needs import NEEDS
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("cases.finish", needs=NEEDS["finish"])
def finish_work(act: Act, case_id: int, *, test: str, tested_with_customer: bool = False) -> Case:
    """Says that the work is done, with the result of the function test; from now on the result is owed (CAS-10).

    Raises:
        Invalid: no word about the test.
    """
    case = locked(act, case_id)
    if not test.strip():
        why = message(_("Say how it was tested and what came of it."))
        raise Invalid(why, {"test": why})
    finished(act, case, test, tested_with_customer=tested_with_customer)
    return case


def finished(act: Act, case: Case, test: str, *, tested_with_customer: bool) -> None:
    """The work of a locked case is done: what only the work owed is owed no more, the result is."""
    move(act, case, "finish", reason=test, evidence=test, starts="finished", finished_at=act.now)
    owed_about(act, case).cancel(case.number, {"case.progress"})
    let_go_of_stages(act, case)
    set_due(act, case)
    act.record(case, customer_id=case.customer_id, reason=test, tested_with_customer=tested_with_customer)
