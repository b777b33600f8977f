"""The company's policies, plan numbers, contact rules and scripts as a file."""

from __future__ import annotations

from typing import Any

from huiyin.contact_ledger.public import ContactRules, rules_file
from huiyin.visits.models import PlanRules, Script, VisitPolicy
from huiyin.visits.queries.policy_contents import content_of, newest_scripts, numbers_content, script_content
from huiyin.visits.rules.policy_file import written


def exported() -> str:
    """The newest version of everything, in the order of the codes."""
    newest = VisitPolicy.objects.order_by("code", "-version").distinct("code").select_related("department")
    contact = rules_file.newest()
    rules = PlanRules.objects.order_by("-version").first()
    return written(
        [_dated(content_of(policy), policy) for policy in newest],
        _dated(numbers_content(rules), rules) if rules else None,
        [_dated(script_content(script), script) for script in newest_scripts()],
        _dated(rules_file.content_of(contact), contact) if contact else None,
    )


def _dated(content: dict[str, Any], row: VisitPolicy | PlanRules | ContactRules | Script) -> dict[str, Any]:
    return {**content, "effective_from": row.effective_from.isoformat()}
