"""Passes a case to the department that answers for it."""

from __future__ import annotations

from huiyin.cases.actions.clocks_anew import fit_clocks
from huiyin.cases.actions.given_notice import tell_head, tell_owner
from huiyin.cases.actions.moving import beside
from huiyin.cases.actions.passing import pass_on
from huiyin.cases.actions.routing import person_for
from huiyin.cases.models import Case
from huiyin.cases.queries.customers import tier_of
from huiyin.cases.queries.routing import route_for
from huiyin.cases.rules.kinds import TOPICS
from huiyin.cases.rules.needs import NEEDS
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import Department


@action("cases.route", needs=NEEDS["route"])
def route_case(act: Act, case_id: int, *, topic: str = "", department_id: int | None = None, reason: str = "") -> Case:
    """Sets the topic and passes the case to its department, or to one chosen by hand (CAS-13).

    The rule finds the person; where it finds none, or the department was chosen by hand, nobody owns the case until
    somebody there takes it.

    Raises:
        Invalid: unknown topic or department.
    """
    case = beside(act, case_id, "route")
    topic = topic or case.topic
    if topic not in TOPICS:
        raise Invalid(message(_("Choose a topic.")), {"topic": message(_("Choose one of the listed values."))})
    case.topic = topic
    rule = route_for(case, tier_of(case.customer), act.now)
    chosen = {"pk": department_id} if department_id else {"code": rule.department}
    department = Department.objects.filter(**chosen).first()
    if department is None:
        raise Invalid(message(_("There is no such department.")), {"department_id": message(_("Choose a department."))})
    owner = None if department_id else person_for(act, rule, department)
    before = case.department.name if case.department else ""
    pass_on(act, case, department.pk, topic=topic, owner_id=owner)
    fit_clocks(act, case, reason or department.name)
    act.record(case, customer_id=case.customer_id, reason=reason, before=before, to=department.name, topic=topic)
    if owner != department.head_id:
        tell_owner(act, case)
    tell_head(act, case)
    return case
