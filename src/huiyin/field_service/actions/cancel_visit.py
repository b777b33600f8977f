"""Calls an appointment off."""

from __future__ import annotations

from huiyin.cases.public import drop_site_task
from huiyin.channels.public import notify_staff
from huiyin.field_service.actions.locking import locked
from huiyin.field_service.actions.telling import tell_called_off
from huiyin.field_service.models import SiteVisit
from huiyin.field_service.rules.lifecycle import SITE
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("field_service.cancel", needs="field_service.plan")
def cancel_visit(act: Act, visit_id: int, *, reason: str) -> SiteVisit:
    """Calls an appointment off with the reason; the task of the case is dropped, customer and engineer are told.

    The state of the case is no obstacle: it may have ended or been merged.

    Raises:
        NotFound: no such visit in the actor's sight.
        Invalid: no reason.
        Conflict: the work has begun.
    """
    visit = locked(act, visit_id, "cancel")
    if not reason.strip():
        raise Invalid(message(_("This needs a reason.")), {"reason": message(_("A value is missing."))})
    call_off(act, visit, reason)
    if visit.task_id:
        drop_site_task(act.call, visit.task_id)
    return visit


def call_off(act: Act, visit: SiteVisit, reason: str) -> None:
    """Ends a locked visit that has not begun, and tells customer and engineer."""
    visit.state = SITE.move("cancel", visit.state).target
    visit.why_cancelled, visit.ended_at = reason.strip()[:300], act.now
    visit.told_way = tell_called_off(act, visit)
    visit.save()
    act.record(visit, customer_id=visit.case.customer_id, reason=visit.why_cancelled, told=visit.told_way)
    if visit.engineer_id != act.actor.id:
        text = message(_("Site visit %(number)s is called off."), number=visit.number)
        notify_staff(act.call, [visit.engineer_id], text, page="site-visit", args=[visit.pk])
