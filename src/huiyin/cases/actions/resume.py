"""Goes on after waiting."""

from __future__ import annotations

from huiyin.cases.actions.clocks import go_on, reach
from huiyin.cases.actions.moving import locked, move
from huiyin.cases.models import Case
from huiyin.cases.rules.needs import NEEDS
from huiyin.cases.rules.states import State
from huiyin.foundation.actions import Act, action


@action("cases.resume", needs=NEEDS["resume"])
def resume_case(act: Act, case_id: int, *, note: str = "") -> Case:
    """Returns to the state before the wait; the clocks run again, moved by the time that stood still."""
    case = locked(act, case_id)
    end_wait(act, case, note)
    act.record(case, customer_id=case.customer_id, reason=note)
    return case


def end_wait(act: Act, case: Case, note: str) -> None:
    """The wait of a locked case is over, as what it waited for has come."""
    move(act, case, "resume", case.returns_to or State.OPEN, reason=note, waiting_for="", returns_to="")
    reach(act, case, "resume", note)
    go_on(act, case)
