"""Which reports there are."""

from __future__ import annotations

from django.db.models import QuerySet

from huiyin.kernel.actor import Actor, Scope
from huiyin.kernel.refusal import NotFound
from huiyin.promises.public import Promise, visible_promises
from huiyin.reports.models import Report
from huiyin.reports.rules.codes import SUBMIT
from huiyin.reports.rules.way import ReportState


def visible_reports(actor: Actor) -> QuerySet[Report]:
    """The reports this person may see."""
    return Report.objects.visible_to(actor).select_related("department", "submitted_by", "decided_by")


def owed_reports(actor: Actor) -> QuerySet[Report]:
    """Those not yet published, by due moment."""
    return visible_reports(actor).exclude(state=ReportState.PUBLISHED).order_by("due_at", "pk")


def report_for(actor: Actor, report_id: int) -> Report:
    """One report this person may see.

    Raises:
        NotFound: no such report, or outside the person's area.
    """
    report = visible_reports(actor).filter(pk=report_id).first()
    if report is None:
        raise NotFound
    return report


def promise_to_submit(actor: Actor, report: Report) -> Promise | None:
    """The newest promise to hand the report in, if this person may see it."""
    owed = visible_promises(actor).filter(subject=report._meta.label_lower, subject_id=report.pk, kind=SUBMIT)
    return owed.order_by("pk").last()


def decides_on(actor: Actor, report: Report) -> bool:
    """Whether approving or returning this report is this person's part."""
    own = actor.scope is Scope.ALL or report.department_id in actor.department_ids
    return own and actor.may("reports.approve")
