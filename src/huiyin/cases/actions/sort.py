"""Says of which problem type a case is."""

from __future__ import annotations

from huiyin.cases.actions.moving import beside, change
from huiyin.cases.models import Case
from huiyin.cases.queries.problem_tree import nodes
from huiyin.cases.rules.needs import NEEDS
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("cases.sort", needs=NEEDS["sort"])
def sort_case(act: Act, case_id: int, *, problem_type_id: int | None = None) -> Case:
    """Names the problem type, or none.

    Raises:
        Invalid: there is no such type in use.
    """
    case = beside(act, case_id, "sort")
    every = nodes()
    if problem_type_id is not None and not (problem_type_id in every and every[problem_type_id].in_use):
        why = message(_("Choose one of the listed values."))
        raise Invalid(why, {"problem_type_id": why})
    before = every[case.problem_type_id].code if case.problem_type_id in every else ""
    change(case, problem_type_id=problem_type_id)
    to = every[problem_type_id].code if problem_type_id else ""
    act.record(case, customer_id=case.customer_id, before=before, to=to)
    return case
