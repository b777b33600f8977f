"""The way to the customer and the beginning of the work."""

from __future__ import annotations

from collections.abc import Mapping

from huiyin.cases.public import stage_reached, take_step
from huiyin.field_service.actions.locking import own
from huiyin.field_service.events import EngineerArrived
from huiyin.field_service.models import SiteVisit, VisitCheck
from huiyin.field_service.rules.checks import Answer, open_checks
from huiyin.field_service.rules.lifecycle import SITE
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

STARTABLE = frozenset({"verified", "planned", "confirmed", "reopened"})
"""States of a case in which beginning on site begins its work."""

ARRIVAL = "arrival"


@action("field_service.set_out", needs="field_service.work")
def set_out(act: Act, visit_id: int) -> SiteVisit:
    """The engineer sets out.

    Raises:
        Forbidden: it is somebody else's visit.
        Conflict: not possible now.
    """
    visit = own(act, visit_id, "set_out")
    visit.state, visit.on_way_at = SITE.move("set_out", visit.state).target, act.now
    visit.save(update_fields=["state", "on_way_at"])
    act.record(visit, customer_id=visit.case.customer_id)
    return visit


@action("field_service.arrive", needs="field_service.work")
def arrive(act: Act, visit_id: int) -> SiteVisit:
    """The engineer is on site: stages of the case that are reached by arriving are, and clocks that end with them.

    Raises:
        Forbidden: it is somebody else's visit.
        Conflict: not possible now.
    """
    visit = own(act, visit_id, "arrive")
    visit.state, visit.arrived_at = SITE.move("arrive", visit.state).target, act.now
    visit.save(update_fields=["state", "arrived_at"])
    act.record(visit, customer_id=visit.case.customer_id)
    stage_reached(act.call, visit.case_id, by=ARRIVAL, evidence=visit.number)
    act.emit(EngineerArrived(visit.pk, visit.case_id, visit.engineer_id, act.now))
    return visit


@action("field_service.begin", needs="field_service.work")
def begin(act: Act, visit_id: int, *, checks: Mapping[str, Answer]) -> SiteVisit:
    """Begins the work once safety and backup are checked; the case begins with it, where its plan allows.

    Raises:
        Forbidden: it is somebody else's visit.
        Invalid: a check is open; ``fields`` says which.
        Conflict: not possible now, or the case may not begin (the customer has not agreed).
    """
    visit = own(act, visit_id, "begin")
    items = visit.rules.check_items
    if wrong := {item.code: _open(item.required) for item in open_checks(items, checks)}:
        raise Invalid(message(_("The work does not begin before every check is answered.")), wrong)
    for item in items:
        given = checks[item.code]
        VisitCheck.objects.create(
            visit=visit, code=item.code, given=given.given, note=given.note[:200], at=act.now, by_id=act.actor.staff_id
        )
    if visit.case.state in STARTABLE:
        take_step(act.call, visit.case_id, "start", note=visit.number)
        stage_reached(act.call, visit.case_id, by=ARRIVAL, evidence=visit.number)
    visit.state, visit.begun_at = SITE.move("begin", visit.state).target, act.now
    visit.save(update_fields=["state", "begun_at"])
    act.record(visit, customer_id=visit.case.customer_id, checks={code: each.given for code, each in checks.items()})
    return visit


def _open(required: bool) -> Message:
    if required:
        return message(_("Done, or does not apply with the reason."))
    return message(_("Choose one."))
