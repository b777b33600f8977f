"""Waits for the customer, a part or a third party."""

from __future__ import annotations

from huiyin.cases.actions.clocks import hold, start_clocks
from huiyin.cases.actions.moving import locked, move
from huiyin.cases.models import Case
from huiyin.cases.rules.needs import NEEDS
from huiyin.cases.rules.states import WAITING_LABELS
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("cases.wait", needs=NEEDS["wait"])
def wait_for(act: Act, case_id: int, *, waiting_for: str, reason: str) -> Case:
    """Lets the case rest with a reason; the clocks stand still if its policy says so (SLA-2).

    Raises:
        Invalid: nothing to wait for is named, or no reason.
    """
    case = locked(act, case_id)
    if waiting_for not in WAITING_LABELS:
        raise Invalid(message(_("Say whom or what this waits for.")), {"waiting_for": message(_("Choose one."))})
    if not reason.strip():
        raise Invalid(message(_("Waiting needs a reason.")), {"reason": message(_("Say what is missing."))})
    move(act, case, "wait", reason=reason, waiting_for=waiting_for, returns_to=case.state)
    stopped = hold(act, case, waiting_for, reason)
    start_clocks(act, case, "waiting", act.now)
    act.record(case, customer_id=case.customer_id, reason=reason, waiting_for=waiting_for, clocks_stopped=stopped)
    return case
