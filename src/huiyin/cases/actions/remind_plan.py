"""Reminds the customer, once, of a plan that waits for an answer."""

from __future__ import annotations

from datetime import timedelta

from huiyin.cases.actions.plan_letters import reminder_letter
from huiyin.cases.actions.telling import tell_customer
from huiyin.cases.models import Case
from huiyin.cases.queries.facts import newest_plan
from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.rules.states import asks_answer
from huiyin.foundation.actions import Act, action


@action("cases.remind_plan")
def remind_plan(act: Act, case_id: int) -> bool:
    """Whether a reminder went out; an answer that came in between, or an earlier reminder, makes it needless."""
    hours = conduct_at(act.now).remind_plan_hours
    case = act.lock(Case.objects.all(), case_id)
    plan = newest_plan(case)
    due = plan is not None and plan.sent_at is not None and plan.sent_at <= act.now - timedelta(hours=hours)
    asked = asks_answer(case.state, case.waiting_for, case.returns_to)
    if plan is None or not due or not hours or not asked or plan.answer or plan.reminded_at:
        return False
    plan.reminded_at = act.now
    plan.save(update_fields=["reminded_at"])
    tell_customer(act, case, reminder_letter(plan))
    act.record(case, customer_id=case.customer_id, version=plan.version)
    return True
