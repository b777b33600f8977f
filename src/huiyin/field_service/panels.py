"""What field service adds to the page of a case: its site visits, and the way to make one."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.field_service.models import SiteVisit
from huiyin.field_service.queries.visits import visits_of_case
from huiyin.foundation.slots import Panel
from huiyin.kernel.actor import Actor


@dataclass(frozen=True)
class VisitsPanel:
    """The site visits of a case."""

    case_id: int
    visits: list[SiteVisit]
    may_plan: bool


def case_panel(actor: Actor, case_id: int) -> VisitsPanel | None:
    """Site visits of a case; nothing for people without the right."""
    if not actor.may("field_service.see"):
        return None
    return VisitsPanel(case_id, visits_of_case(actor, case_id), actor.may("field_service.plan"))


def no_visits(actor: Actor, case_id: int) -> VisitsPanel | None:
    """The same for a case that nobody was sent for."""
    return VisitsPanel(case_id, [], actor.may("field_service.plan")) if actor.may("field_service.see") else None


PANELS = [
    Panel(
        place="case",
        template="field_service/_panel.html",
        order=15,
        build=case_panel,
        rows=(lambda case_id: SiteVisit.objects.filter(case=case_id),),
        empty=no_visits,
    )
]
