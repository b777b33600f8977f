"""What is written down on site; a new problem may open a case of its own."""

from __future__ import annotations

from huiyin.cases.public import open_case, take_step
from huiyin.field_service.actions.locking import own
from huiyin.field_service.models import SiteVisit, VisitEntry
from huiyin.field_service.rules.words import ENTRY_LABELS, EntryKind
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("field_service.log", needs="field_service.work")
def write_down(act: Act, visit_id: int, *, kind: str, text: str, opens_case: bool = False) -> VisitEntry:
    """Writes a key step, a tool or a new problem into the visit's log and into the case; a problem may open a case.

    Raises:
        Forbidden: it is somebody else's visit.
        Invalid: no words, or no such kind.
        Conflict: not possible now.
    """
    visit = own(act, visit_id, "log")
    if kind not in ENTRY_LABELS or not text.strip():
        why = message(_("Write something first."))
        raise Invalid(why, {"text": why})
    entry = VisitEntry(visit=visit, kind=kind, text=text.strip()[:500], at=act.now, by_id=act.actor.staff_id)
    if opens_case and kind == EntryKind.PROBLEM:
        entry.opened = open_case(
            act.call,
            kind="repair",
            topic=visit.case.topic,
            channel="visit",
            description=entry.text,
            customer_id=visit.case.customer_id,
            source=(visit._meta.label_lower, visit.pk),
        )
    entry.save()
    _into_case(act, visit, entry)
    act.record(visit, customer_id=visit.case.customer_id, kind=kind, opened=entry.opened_id)
    return entry


def _into_case(act: Act, visit: SiteVisit, entry: VisitEntry) -> None:
    if visit.case.live:
        take_step(act.call, visit.case_id, "note", text=f"{visit.number} · {entry.text}")
