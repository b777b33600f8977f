"""What cases add to other pages: the customer's cases, and the cases of a visit."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.cases.pages.cases import CaseRow, row_of
from huiyin.cases.queries.summary import CaseSummary, case_summary, cases_of_customer, cases_of_source
from huiyin.foundation.slots import Panel
from huiyin.kernel.actor import Actor

SHOWN = 8


@dataclass(frozen=True)
class CasesPanel:
    """The newest cases with their counts."""

    rows: list[CaseRow]
    summary: CaseSummary | None


def customer_panel(actor: Actor, customer_id: int) -> CasesPanel | None:
    """A customer's newest cases; nothing for people without the right."""
    if not actor.may("cases.see"):
        return None
    cases = cases_of_customer(actor, customer_id)[:SHOWN]
    return CasesPanel([row_of(case) for case in cases], case_summary(actor, customer_id))


def visit_panel(actor: Actor, visit_id: int) -> CasesPanel | None:
    """The cases a visit opened; nothing when there is none."""
    rows = [row_of(case) for case in cases_of_source(actor, "visits.visit", visit_id)]
    return CasesPanel(rows, None) if rows and actor.may("cases.see") else None


PANELS = [
    Panel(place="customer", template="cases/_panel.html", order=30, build=customer_panel),
    Panel(place="visit", template="cases/_panel.html", order=30, build=visit_panel),
]
