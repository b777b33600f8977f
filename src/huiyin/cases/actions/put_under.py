"""Names the policy of clocks on a case."""

from __future__ import annotations

from huiyin.cases.models import Case
from huiyin.cases.rules.sla import Policy
from huiyin.cases.rules.sla_list import Chosen


def put_under(case: Case, chosen: Chosen) -> Policy:
    """Names the policy on the case, with what chose it (not saved)."""
    case.policy, case.policy_version = chosen.policy.code, chosen.policy.version
    case.policy_list, case.agreement = chosen.list_version, chosen.agreement
    return chosen.policy
