"""Puts the shipped rules in place."""

from __future__ import annotations

from huiyin.foundation.actions import Act, action
from huiyin.reports.kind import report_kinds
from huiyin.reports.models import ReportRule


@action("reports.ship")
def ship(act: Act) -> int:
    """Adds a rule for each kind without one; returns how many. Repeatable; a migration has shipped them already."""
    added = 0
    for kind in report_kinds().values():
        rule, made = ReportRule.objects.get_or_create(
            kind=kind.code, defaults={"days_after": kind.due.days_after, "at": kind.due.at}
        )
        if made:
            act.record(rule)
        added += made
    return added
