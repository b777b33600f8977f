"""Hands a report in: the numbers of this moment are frozen and written to a file."""

from __future__ import annotations

import hashlib
from zoneinfo import ZoneInfo

from django.conf import settings

from huiyin.documents.public import excel_of, to_json
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.promises.public import keep_promise, make_promise
from huiyin.reports.models import Report, ReportFile, ReportRule
from huiyin.reports.queries.documents import draft_of
from huiyin.reports.rules.codes import DECIDE, SUBMIT
from huiyin.reports.rules.due import is_late
from huiyin.reports.rules.way import LIFECYCLE
from huiyin.working_time.public import Span, Unit

NOT_OVER = _("The period is not over yet; the report can be submitted from %(first)s on.")


@action("reports.submit", needs="reports.submit")
def submit(act: Act, report_id: int, *, name: str | None = None) -> Report:
    """Submits a report; ``name``, when given, must be the exact name the practice demands.

    Raises:
        NotFound: outside the person's area.
        Conflict: it is already submitted, or its period is still running.
        Invalid: the name is wrong.
    """
    report = act.lock(Report.objects.visible_to(act.actor), report_id)
    move = LIFECYCLE.move("submit", report.state)
    if act.now < report.about.moments(ZoneInfo(settings.TIME_ZONE))[1]:
        raise Conflict(message(NOT_OVER, first=report.about.after.isoformat()))
    check_name(report, name)
    _freeze(act, report)
    report.state = move.target
    report.submitted_at, report.submitted_by_id = act.now, act.actor.id
    report.first_submitted_at = report.first_submitted_at or act.now
    report.late = is_late(report.due_at, report.first_submitted_at)
    report.returned_because = ""
    report.save()
    keep_promise(act.call, kind=SUBMIT, subject=report, evidence=report.digest)
    _owe_decision(act, report)
    act.record(report, digest=report.digest, late=report.late)
    return report


def check_name(report: Report, name: str | None) -> None:
    """Refuses every name but the exact one."""
    if name is not None and name.strip().removesuffix(".xlsx") != report.name:
        why = message(_("The name must be exactly “%(right)s”."), right=report.name)
        raise Invalid(why, {"name": why})


def _freeze(act: Act, report: Report) -> None:
    document = draft_of(report, act.now)
    content = excel_of(document, act.now)
    report.document = to_json(document)
    report.digest = hashlib.sha256(content).hexdigest()
    ReportFile.objects.get_or_create(digest=report.digest, defaults={"content": content, "made_at": act.now})


def _owe_decision(act: Act, report: Report) -> None:
    rule = ReportRule.objects.filter(kind=report.kind).first()
    head = report.department.head_id if report.department else None
    make_promise(
        act.call,
        kind=DECIDE,
        subject=report,
        span=Span(rule.decide_hours if rule else 8, Unit.WORKING_HOURS),
        owner=head if head != act.actor.id else None,
        department=report.department_id,
        title=report.name,
    )
