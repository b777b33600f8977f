"""Completes a visit: the answers and the record, in one step with the call or later (VIS-24, VIS-26)."""

from __future__ import annotations

from collections.abc import Mapping

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.questionnaires.public import Heard
from huiyin.visits.actions.answering import take_answers
from huiyin.visits.actions.contacting import BY_PHONE, note_answered
from huiyin.visits.actions.dialling import Dial, check_seconds, dial
from huiyin.visits.actions.following import TALKED
from huiyin.visits.actions.promising import keep_promised
from huiyin.visits.actions.taking import locked, take
from huiyin.visits.events import VisitDone
from huiyin.visits.models import Visit, VisitRecord
from huiyin.visits.rules.attempts import BusinessResult, LineResult, is_late, record_due
from huiyin.visits.rules.lifecycle import LIFECYCLE, State

DONE = (*TALKED, "ended_at", "again_at", "again_asked")


@action("visits.complete", needs="visits.work")
def complete_visit(
    act: Act,
    visit_id: int,
    *,
    answers: Mapping[str, object],
    emotion: str | None = None,
    emotion_note: str = "",
    needs: str = "",
    suggestions: str = "",
    notes: str = "",
    goal_met: bool | None = None,
    seconds: int | None = None,
    way: str = BY_PHONE,
    override_reason: str = "",
) -> Visit:
    """Ends the visit with all its answers.

    Without a contact logged before, a phone visit logs the connected call now, under the rules of every call. The
    record is late when it comes later than the policy allows after the contact, and stays late for ever.

    Raises:
        Invalid: an impossible or missing answer; nothing is saved.
        Conflict: not now, not again, already done, or another agent has the visit.
    """
    check_seconds(seconds)
    visit = locked(act, visit_id)
    if visit.state == State.DONE:
        raise Conflict(message(_("This visit is already done; a change is a correction.")))
    take(act, visit)
    visit.way = way
    if visit.contact_at is None and way == BY_PHONE:
        call = Dial(LineResult.CONNECTED, BusinessResult.COMPLETED, seconds=seconds, override_reason=override_reason)
        dial(act, visit, call)
    else:
        note_answered(act, visit, way)
    visit.contact_at = visit.contact_at or act.now
    if visit.case_id is not None:  # an unsettled answer reopens the case, which voids revisits that nobody has begun
        visit.save(update_fields=TALKED)
    said = take_answers(act, visit, Heard(answers, visit.way or BY_PHONE, emotion, emotion_note))
    record = VisitRecord(
        visit=visit,
        needs=needs.strip(),
        suggestions=suggestions.strip(),
        emotion=emotion or "",
        emotion_note=emotion_note.strip(),
        notes=notes.strip(),
        goal_met=goal_met,
        seconds=seconds,
        author_id=act.actor.staff_id,
    )
    finish(act, visit, record)
    act.record(visit, customer_id=visit.customer_id, late=record.late, **said)
    return visit


def finish(act: Act, visit: Visit, record: VisitRecord) -> None:
    """Saves the record and the visit as done; keeps what was promised and tells the rooms above."""
    contact = visit.contact_at or act.now
    policy = visit.policy.attempts
    record.due_at, record.completed_at = record_due(contact, policy), act.now
    record.late = is_late(contact, act.now, policy)
    record.save(force_insert=True)
    visit.state = LIFECYCLE.move("complete", visit.state).target
    visit.ended_at, visit.again_at, visit.again_asked = act.now, None, False
    visit.save(update_fields=DONE)
    keep_promised(act, visit, visit.way)
    act.emit(VisitDone(visit.pk, visit.customer_id, visit.kind, visit.case_id, visit.about))
