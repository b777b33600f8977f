"""The department manager's part: approve, return with a reason, publish."""

from __future__ import annotations

from huiyin.channels.public import notify_staff
from huiyin.foundation.actions import Act, action
from huiyin.kernel.actor import Scope
from huiyin.kernel.refusal import Conflict, Forbidden, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.organisation.public import Role, with_role
from huiyin.promises.public import cancel_promise, keep_promise, make_promise
from huiyin.reports.models import Report, ReportRule
from huiyin.reports.rules.codes import DECIDE, SUBMIT
from huiyin.reports.rules.way import LIFECYCLE
from huiyin.working_time.public import Span, Unit

READERS = (Role.STORE_MANAGER, Role.DEPARTMENT_MANAGER, Role.DIRECTOR)


@action("reports.approve", needs="reports.approve")
def approve(act: Act, report_id: int) -> Report:
    """Approves a submitted report of one's own department.

    Raises:
        Forbidden: it is another department's.
        Conflict: it is not submitted, or one submitted it oneself.
    """
    report = _lock(act, report_id)
    move = LIFECYCLE.move("approve", report.state)
    if report.submitted_by_id == act.actor.id:
        raise Conflict(message(_("Whoever submitted the report cannot approve it; somebody else must.")))
    report.state = move.target
    report.decided_at, report.decided_by_id = act.now, act.actor.id
    report.save()
    keep_promise(act.call, kind=DECIDE, subject=report, evidence=report.digest)
    act.record(report, digest=report.digest)
    return report


@action("reports.return", needs="reports.approve")
def return_report(act: Act, report_id: int, *, reason: str) -> Report:
    """Sends a report back to be corrected; whoever submitted it is told why. The first submission keeps its time.

    Raises:
        Invalid: no reason.
    """
    report = _lock(act, report_id)
    move = LIFECYCLE.move("return", report.state)
    if not reason.strip():
        raise Invalid(message(_("A returned report needs a reason.")), {"reason": message(_("Say what is wrong."))})
    report.state = move.target
    report.returned_because = reason.strip()[:300]
    report.decided_at, report.decided_by_id = act.now, act.actor.id
    report.save()
    cancel_promise(act.call, kind=DECIDE, subject=report, reason=report.returned_because[:200])
    _owe_correction(act, report)
    act.record(report, reason=report.returned_because, digest=report.digest)
    text = message(_("%(name)s was returned: %(reason)s"), name=report.name, reason=report.returned_because)
    notify_staff(act.call, [report.submitted_by_id or 0], text, page="report", args=[report.pk])
    return report


@action("reports.publish", needs="reports.approve")
def publish(act: Act, report_id: int) -> Report:
    """Opens an approved report to stores and departments, and tells their managers."""
    report = _lock(act, report_id)
    report.state = LIFECYCLE.move("publish", report.state).target
    report.published_at = act.now
    report.save()
    act.record(report, digest=report.digest)
    people = {person.pk for role in READERS for person in with_role(role)} - {act.actor.id}
    text = message(_("%(name)s has been published."), name=report.name)
    notify_staff(act.call, sorted(people), text, page="report", args=[report.pk])
    return report


def _lock(act: Act, report_id: int) -> Report:
    """The report, if it is the person's to decide on."""
    report = act.lock(Report.objects.visible_to(act.actor), report_id)
    if act.actor.scope is not Scope.ALL and report.department_id not in act.actor.department_ids:
        raise Forbidden(message(_("Only the manager of the report's department decides on it.")))
    return report


def _owe_correction(act: Act, report: Report) -> None:
    rule = ReportRule.objects.filter(kind=report.kind).first()
    make_promise(
        act.call,
        kind=SUBMIT,
        subject=report,
        span=Span(rule.correct_hours if rule else 4, Unit.WORKING_HOURS),
        owner=report.submitted_by_id,
        department=report.department_id,
        title=report.name,
    )
