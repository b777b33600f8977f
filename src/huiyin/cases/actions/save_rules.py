"""Changes triage weights, the escalation table or the numbers of likeness: a change is a new version with a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any

from huiyin.cases.models import CaseRules
from huiyin.cases.queries.levels import rules_of
from huiyin.cases.queries.sla import company_day
from huiyin.cases.rules.alike import LikenessNumbers
from huiyin.cases.rules.escalation import ESCALATION, checked_escalation
from huiyin.cases.rules.shipped import TRIAGE
from huiyin.cases.rules.weights import checked_weights
from huiyin.foundation.actions import Act, action
from huiyin.foundation.versions import SAME, demand_future, demand_reason, new_version
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import message
from huiyin.working_time.public import calendar_of

CHECKS: dict[str, Callable[[Mapping[str, Any]], dict[str, Any]]] = {
    "triage": checked_weights,
    "escalation": checked_escalation,
    "likeness": lambda data: LikenessNumbers.of(data).as_data(),
}
SHIPPED: dict[str, dict[str, Any]] = {
    "triage": TRIAGE,
    "escalation": ESCALATION,
    "likeness": LikenessNumbers().as_data(),
}


@action("cases.save_rules", needs="cases.rules")
def save_case_rules(
    act: Act, kind: str, data: Mapping[str, Any], *, effective_from: date, reason: str, expected: int | None = None
) -> CaseRules:
    """Saves a new version of a kind of rules (:data:`CHECKS`) from the beginning of a day on; cases keep their levels.

    Raises:
        Invalid: values make no sense, the day has passed, or there is no reason.
        Conflict: nothing differs, or somebody saved another version in the meantime.
    """
    content = CHECKS[kind](data)
    last = rules_of(kind)
    why = demand_reason(reason)
    demand_future(effective_from, company_day(act.now))
    if content == CHECKS[kind](last.data if last else SHIPPED[kind]):
        raise Conflict(message(SAME, version=last.version if last else 0))
    begins = datetime.combine(effective_from, time(), calendar_of("standard").zone)
    values = {"data": content}
    return new_version(act, CaseRules, {"kind": kind}, values, effective_from=begins, reason=why, expected=expected)
