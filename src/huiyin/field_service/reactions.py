"""What field service does when a lower room speaks."""

from __future__ import annotations

from huiyin.cases.public import CaseCancelled, CaseMerged, CaseUnmerged
from huiyin.field_service.actions.with_case import call_off_with_case, go_with_tasks
from huiyin.foundation.events import reacts_to
from huiyin.kernel.actor import SYSTEM
from huiyin.kernel.call import Call


@reacts_to(CaseCancelled)
def nobody_comes_any_more(call: Call, event: CaseCancelled) -> None:
    """Appointments of a cancelled case are called off with its reason."""
    call_off_with_case(Call(SYSTEM, call.now), event.case_id, reason=event.reason)


@reacts_to(CaseMerged)
def visits_go_along(call: Call, event: CaseMerged) -> None:
    """Visits go where their tasks went."""
    go_with_tasks(Call(SYSTEM, call.now), event.into_id)


@reacts_to(CaseUnmerged)
def visits_come_back(call: Call, event: CaseUnmerged) -> None:
    """Visits come back with their tasks."""
    go_with_tasks(Call(SYSTEM, call.now), event.case_id)
