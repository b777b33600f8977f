"""Completes a visit: the answers and the record, in one step with the call or later (VIS-24, VIS-26)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message
from huiyin.questionnaires.public import Heard
from huiyin.visits.actions.answering import take_answers
from huiyin.visits.actions.contacting import BY_PHONE, note_answered
from huiyin.visits.actions.dialling import Dial, check_seconds, dial
from huiyin.visits.actions.finishing import finish, finish_with
from huiyin.visits.actions.following import TALKED
from huiyin.visits.actions.one_call import hear_all, take_call
from huiyin.visits.actions.taking import locked
from huiyin.visits.models import Visit, VisitRecord
from huiyin.visits.rules.attempts import BusinessResult, LineResult
from huiyin.visits.rules.lifecycle import State


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
    goals_met: Mapping[int, bool | None] | None = None,
    together: Sequence[int] | None = None,
) -> Visit:
    """Ends the visit with all its answers, and what is made in the same call with it.

    ``together`` are the other visits that were asked about (None: all that are made with it), ``goals_met`` says of
    each whether its goal was reached. A question that several ask is answered once; its key is that of the one talk
    (:func:`huiyin.visits.queries.one_talk.talk_about`). Each visit has its own record, asking and promises.

    Without a contact logged before, a phone visit logs the connected call now, under the rules of every call. The
    record is late when it comes later than the policy allows after the contact, and stays late for ever.

    Raises:
        Invalid: an impossible or missing answer; nothing is saved.
        Conflict: not now, not again, already done, another agent has the visit, or it is made in another one's call.
    """
    check_seconds(seconds)
    visit = locked(act, visit_id)
    if visit.state == State.DONE:
        raise Conflict(message(_("This visit is already done; a change is a correction.")))
    others = take_call(act, visit, together)
    visit.way = way
    if visit.contact_at is None and way == BY_PHONE:
        call = Dial(LineResult.CONNECTED, BusinessResult.COMPLETED, seconds=seconds, override_reason=override_reason)
        dial(act, visit, call, others)
    else:
        note_answered(act, visit, way)
    visit.contact_at = visit.contact_at or act.now
    if visit.case_id is not None:  # an unsettled answer reopens the case, which voids revisits that nobody has begun
        visit.save(update_fields=TALKED)
    for each in others:
        each.way, each.contact_at = visit.way, each.contact_at or visit.contact_at
    heard = Heard(answers, visit.way or BY_PHONE, emotion, emotion_note)
    said = hear_all(act, visit, others, heard) if others else take_answers(act, visit, heard)
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
    for each in others:
        finish_with(act, visit, each, record, (goals_met or {}).get(each.pk))
    finish(act, visit, record)
    act.record(visit, customer_id=visit.customer_id, late=record.late, **said)
    return visit
