"""Ends visits that were made: the record, the promises kept, and the rooms above told (VIS-26)."""

from __future__ import annotations

from copy import copy

from huiyin.foundation.actions import Act
from huiyin.visits.actions.following import TALKED
from huiyin.visits.actions.merging import merge_waiting
from huiyin.visits.actions.promising import keep_promised
from huiyin.visits.events import VisitDone
from huiyin.visits.models import Visit, VisitRecord
from huiyin.visits.queries.one_talk import asked_for
from huiyin.visits.queries.policies import company_today
from huiyin.visits.rules.attempts import is_late, record_due
from huiyin.visits.rules.lifecycle import LIFECYCLE

DONE = (*TALKED, "ended_at", "again_at", "again_asked", "made_with")


def finish_with(act: Act, leader: Visit, visit: Visit, record: VisitRecord, goal_met: bool | None) -> None:
    """Ends a visit that was made in the leader's call: its record is its own, and it counts for its own quota."""
    visit.planned_on = leader.planned_on or company_today(act.now)
    visit.place_band, visit.department_id = visit.band, leader.department_id
    visit.save(update_fields=["planned_on", "place_band", "department"])
    own = copy(record)
    own.visit, own.goal_met = visit, goal_met
    own.needs, own.suggestions = asked_for(visit, needs=record.needs, suggestions=record.suggestions)
    finish(act, visit, own)
    act.record(visit, customer_id=visit.customer_id, late=own.late, made_with=leader.pk)


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
    if visit.leads:  # what was not asked about in its call is made otherwise
        merge_waiting(act, visit.customer_id)
    act.emit(VisitDone(visit.pk, visit.customer_id, visit.kind, visit.case_id, visit.about))
