"""Gives a case to a person."""

from __future__ import annotations

from typing import Any

from huiyin.cases.actions.clocks import pass_clocks, reach_if_owed
from huiyin.cases.actions.given_notice import tell_owner
from huiyin.cases.actions.moving import beside, change
from huiyin.cases.actions.passing import pass_on
from huiyin.cases.models import Case
from huiyin.cases.rules.needs import NEEDS
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import Staff


@action("cases.assign", needs=NEEDS["assign"])
def assign_case(act: Act, case_id: int, *, staff_id: int, reason: str = "") -> Case:
    """Makes somebody the owner, hands over the running promises and tells the person.

    With a person of another department that department answers for the case, with its clocks; the one that did before
    stays involved and keeps seeing it.

    Raises:
        Invalid: there is no such active person.
    """
    case = beside(act, case_id, "assign")
    person = Staff.objects.filter(pk=staff_id, is_active=True).first()
    if person is None:
        raise Invalid(message(_("There is no such person at work.")), {"staff_id": message(_("Choose a person."))})
    before = case.owner.name if case.owner else ""
    moved = taken_along(case, person.department_id)
    if moved:
        pass_on(act, case, **moved, owner_id=person.pk)
    else:
        change(case, owner_id=person.pk)
        pass_clocks(act, case)
        reach_if_owed(act, case, "assign", person.name)
    act.record(case, customer_id=case.customer_id, reason=reason, before=before, to=person.name, **moved)
    tell_owner(act, case)
    return case


def taken_along(case: Case, department: int | None) -> dict[str, Any]:
    """What changes when the case comes to a person of this department."""
    if department is None or department == case.department_id:
        return {}
    involved = {*(case.involved or ()), case.department_id} - {None, department}
    return {"department_id": department, "involved": sorted(involved) or None}
