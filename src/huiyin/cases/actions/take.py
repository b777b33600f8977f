"""Takes a case that nobody has."""

from __future__ import annotations

from huiyin.cases.actions.clocks import pass_clocks, reach_if_owed
from huiyin.cases.actions.moving import beside, change
from huiyin.cases.models import Case
from huiyin.cases.rules.needs import NEEDS
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("cases.take", needs=NEEDS["take"])
def take_case(act: Act, case_id: int) -> Case:
    """Makes the actor the owner.

    Raises:
        Conflict: somebody else has it already.
    """
    case = beside(act, case_id, "take")
    if case.owner and case.owner_id != act.actor.id:
        raise Conflict(message(_("%(name)s has already taken this case."), name=case.owner.name))
    change(case, owner_id=act.actor.staff_id)
    pass_clocks(act, case)
    reach_if_owed(act, case, "take", act.actor.name)
    act.record(case, customer_id=case.customer_id)
    return case
