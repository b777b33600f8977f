"""Makes the visit that a customer agreed to while a case was handled (CAS-11)."""

from __future__ import annotations

from datetime import datetime, time

from huiyin.cases.public import FollowUpAgreed
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.actions.owe_visit import owe_visit
from huiyin.visits.models import Visit
from huiyin.visits.queries.policies import company_today, hours_of, policy_for, rules_in_force
from huiyin.visits.rules.falling_due import Trigger

CASE = "cases.case"


@action("visits.as_agreed")
def visit_as_agreed(act: Act, agreed: FollowUpAgreed) -> Visit:
    """Owes one visit about the case from the beginning of the agreed day.

    Raises:
        Conflict: no kind of visit is made on agreed days, or one about this case is waiting already.
    """
    today = company_today(act.now)
    policy = policy_for(Trigger.AGREED_DATE, today)
    if policy is None:
        raise Conflict(message(_("No kind of visit is made on agreed days. Switch one on in the policies of visits.")))
    if Visit.objects.open().filter(about_label=CASE, about_id=agreed.case_id).exists():
        raise Conflict(message(_("A visit about this case is agreed already. Move or cancel that one.")))
    begins = datetime.combine(agreed.on, time(), hours_of(rules_in_force(today)).zone)
    return owe_visit(
        act.call,
        policy,
        customer_id=agreed.customer_id,
        start=begins,
        store=agreed.store_id,
        about=(CASE, agreed.case_id),
        wish=f"{agreed.number}: {agreed.words}",
    )
