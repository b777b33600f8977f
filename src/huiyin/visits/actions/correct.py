"""Corrects the record of a done visit: a new version with reason and author (VIS-26)."""

from __future__ import annotations

from typing import Any

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict, Invalid
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.visits.actions.taking import locked
from huiyin.visits.models import VisitRecord

FIELDS = ("needs", "suggestions", "emotion", "emotion_note", "notes", "goal_met", "seconds")


@action("visits.correct", needs="visits.correct")
def correct_record(act: Act, /, visit_id: int, *, reason: str, **changes: Any) -> VisitRecord:
    """Adds a version of the record with ``changes`` (any of needs, suggestions, emotion, emotion_note, notes …).

    The first version's lateness goes with it. Values equal to the present ones change nothing.

    Raises:
        Invalid: no reason was given, or a field is unknown.
        Conflict: there is no record yet.
    """
    if not reason.strip():
        raise Invalid(message(_("A correction needs a reason.")), {"reason": message(_("Say why."))})
    if set(changes) - set(FIELDS):
        raise Invalid(message(_("The record has no such field.")))
    visit = locked(act, visit_id)
    before = VisitRecord.objects.select_for_update().filter(visit=visit, current=True).first()
    if before is None:
        raise Conflict(message(_("This visit has no record yet.")))
    if all(getattr(before, name) == value for name, value in changes.items()):
        return before
    before.current = False
    before.save(update_fields=["current"])
    after = VisitRecord(
        visit=visit,
        version=before.version + 1,
        **{name: changes.get(name, getattr(before, name)) for name in FIELDS},
        due_at=before.due_at,
        completed_at=act.now,
        late=before.late,
        author_id=act.actor.staff_id,
        reason=reason.strip()[:300],
    )
    after.save(force_insert=True)
    act.record(visit, customer_id=visit.customer_id, reason=reason.strip(), fields=sorted(changes))
    return after
