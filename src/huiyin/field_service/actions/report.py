"""The service report: saved as often as one likes, signed once, frozen from then on (CAS-10)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from huiyin.cases.public import end_site_task
from huiyin.field_service.actions.locking import own
from huiyin.field_service.actions.telling import tell_report
from huiyin.field_service.events import SiteVisitDone
from huiyin.field_service.models import ServiceReport, SiteVisit
from huiyin.field_service.queries.sheet import fresh_sheet
from huiyin.field_service.rules.lifecycle import SITE
from huiyin.field_service.rules.words import SignWay
from huiyin.foundation.actions import Act, action
from huiyin.foundation.files import keep_once
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _
from huiyin.spare_parts.public import needs_about

FOLDER = "signatures"
MISSING = _("A value is missing.")


@dataclass(frozen=True)
class Words:
    """What the engineer writes into the report."""

    found: str = ""
    done: str = ""
    test: str = ""
    tested_with_customer: bool = False
    cleaned_up: bool = False
    handed_over: str = ""
    advice: str = ""


@dataclass(frozen=True)
class Signature:
    """Who signed, and the picture of it: drawn with the finger, or a photo of the paper."""

    name: str
    picture: bytes
    way: str


@action("field_service.save_report", needs="field_service.work")
def save_report(act: Act, visit_id: int, words: Words) -> ServiceReport:
    """Keeps a draft of the report.

    Raises:
        Forbidden: it is somebody else's visit.
        Conflict: the work has not begun, or the report is signed.
    """
    visit = own(act, visit_id, "sign")
    report = _written(act, visit, words)
    act.record(visit, customer_id=visit.case.customer_id)
    return report


@action("field_service.sign", needs="field_service.work")
def sign_report(act: Act, visit_id: int, words: Words, signature: Signature) -> ServiceReport:
    """The customer signs: the report is frozen, the case's task is done, and the case finished unless something else of
    it is open. The customer gets a link to the report.

    Raises:
        Forbidden: it is somebody else's visit.
        Invalid: something is missing; ``fields`` says what.
        Conflict: parts are still out or reserved, the work has not begun, or it is signed already.
    """
    visit = own(act, visit_id, "sign")
    _check(words, signature)
    _parts_are_told(visit)
    report = _written(act, visit, words)
    report.signed_name, report.sign_way = signature.name.strip()[:80], signature.way
    report.signature = keep_once(FOLDER, signature.picture)
    report.signed_at = act.now
    visit.state, visit.ended_at = SITE.move("sign", visit.state).target, act.now
    report.sheet = fresh_sheet(visit, report)
    report.digest = hashlib.sha256(json.dumps(report.sheet, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
    report.save()
    visit.save(update_fields=["state", "ended_at"])
    left = _end(act, visit, report)
    visit.told_way = tell_report(act, visit)
    visit.save(update_fields=["told_way"])
    act.record(visit, customer_id=visit.case.customer_id, digest=report.digest, finished=left is None)
    act.emit(SiteVisitDone(visit.pk, visit.case_id, act.now))
    return report


def _written(act: Act, visit: SiteVisit, words: Words) -> ServiceReport:
    report = ServiceReport.objects.filter(visit=visit).first() or ServiceReport(visit=visit)
    for name in ("found", "done", "test", "advice"):
        setattr(report, name, getattr(words, name).strip()[:5000])
    report.handed_over = words.handed_over.strip()[:300]
    report.tested_with_customer, report.cleaned_up = words.tested_with_customer, words.cleaned_up
    report.saved_at = act.now
    report.save()
    return report


def _check(words: Words, signature: Signature) -> None:
    wrong: dict[str, Message] = {
        name: message(MISSING) for name in ("found", "done", "test") if not getattr(words, name).strip()
    }
    if not words.tested_with_customer:
        wrong["tested_with_customer"] = message(_("The function is tested together with the customer."))
    if not signature.name.strip():
        wrong["signed_name"] = message(_("Who signs? Write the name."))
    if signature.way not in set(SignWay) or not signature.picture:
        wrong["signature"] = message(_("Nothing is drawn yet. Please let the customer sign in the field."))
    if wrong:
        raise Invalid(message(_("The report is not signed yet. What you typed is kept.")), wrong)


def _parts_are_told(visit: SiteVisit) -> None:
    open_parts = [need for need in needs_about(visit.case._meta.label_lower, visit.case_id) if need.is_open]
    if open_parts:
        names = "、".join(need.part.number for need in open_parts)
        raise Conflict(message(_("Say first which parts were used or go back: %(parts)s."), parts=names))


def _end(act: Act, visit: SiteVisit, report: ServiceReport) -> Message | None:
    if visit.task is None or not visit.task.case.live:
        return None
    return end_site_task(
        act.call,
        visit.task.case_id,
        task_id=visit.task.pk,
        evidence=f"{visit.number} {report.digest[:12]}",
        test=report.test,
        tested_with_customer=report.tested_with_customer,
    )
