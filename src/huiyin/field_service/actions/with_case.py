"""Site visits go the way of their case: called off when it is cancelled, along with it when it is merged."""

from __future__ import annotations

from huiyin.field_service.actions.cancel_visit import call_off
from huiyin.field_service.models import SiteVisit
from huiyin.field_service.rules.words import NOT_THERE_YET
from huiyin.foundation.actions import Act, action


@action("field_service.call_off_with_case")
def call_off_with_case(act: Act, case_id: int, *, reason: str) -> list[SiteVisit]:
    """Calls off the appointments of a cancelled case to which the engineer has not come yet; returns them.

    Who is on site finishes there, or calls off what has not begun.
    """
    rows = SiteVisit.objects.select_for_update(of=("self",)).select_related("case", "engineer")
    visits = list(rows.filter(case=case_id, state__in=NOT_THERE_YET).order_by("pk"))
    for visit in visits:
        call_off(act, visit, reason)
    return visits


@action("field_service.go_with_tasks")
def go_with_tasks(act: Act, case_id: int) -> None:
    """Open visits whose task stands in this case belong to it, whichever case they were made for."""
    rows = SiteVisit.objects.select_for_update(of=("self",)).select_related("case")
    for visit in rows.open().filter(task__case=case_id).exclude(case=case_id).order_by("pk"):
        before, visit.case_id = visit.case.number, case_id
        visit.save(update_fields=["case"])
        act.record(visit, customer_id=visit.case.customer_id, before=before)
