"""What follows a dial: the visit's next state, its promises, a replacement."""

from __future__ import annotations

from huiyin.foundation.actions import Act
from huiyin.visits.actions.merging import merge_waiting
from huiyin.visits.actions.promising import drop_promises, promise_calls
from huiyin.visits.actions.taking import TAKEN
from huiyin.visits.events import VisitFailed
from huiyin.visits.models import Visit
from huiyin.visits.queries.policies import hours_of, rules_in_force
from huiyin.visits.rules.attempts import Next, Outcome
from huiyin.visits.rules.lifecycle import FAILED, LIFECYCLE, State

TALKED = (*TAKEN, "way", "contact_at")
AGAIN = (*TALKED, "again_at", "again_asked", "planned_on", "window_start", "window_end")
ENDED = (*TALKED, "ended_at", "ended_because", "made_with")
VERBS = {Next.PARTIAL: "keep_part", Next.NOT_REACHED: "not_reached", Next.REFUSED: "refuse"}


def follow(act: Act, visit: Visit, outcome: Outcome, *, asked: bool) -> None:
    """Carries out what a dial means (saves the visit). ``asked``: the customer named the time to try again."""
    if outcome.next is Next.AGAIN:
        _again(act, visit, outcome, asked=asked)
    elif outcome.next in VERBS:
        end_visit(act, visit, VERBS[outcome.next], str(outcome.why), replace=outcome.replace)


def _again(act: Act, visit: Visit, outcome: Outcome, *, asked: bool) -> None:
    rules = rules_in_force(act.now.date())
    visit.state = LIFECYCLE.move("again", visit.state).target
    visit.again_at, visit.again_asked = outcome.again_at, asked
    visit.started_at = visit.started_by = None
    if outcome.again_at:
        zone = hours_of(rules).zone
        visit.planned_on = outcome.again_at.astimezone(zone).date()
        if visit.window_end is None or outcome.again_at >= visit.window_end or asked:
            visit.window_start = visit.window_end = outcome.again_at
    visit.save(update_fields=AGAIN)
    promise_calls(act, [visit], calendar=rules.calendar)


def end_visit(act: Act, visit: Visit, verb: str, why: str, *, replace: bool) -> None:
    """Ends a visit without success: nothing is owed any more, and another customer is drawn if it was sampled.

    What was to be made with it is made otherwise.
    """
    visit.state = State(LIFECYCLE.move(verb, visit.state).target)
    visit.ended_at, visit.ended_because, visit.made_with = act.now, why[:200], None
    visit.save(update_fields=ENDED)
    drop_promises(act, visit, why)
    if visit.state in FAILED:
        act.emit(VisitFailed(visit.pk, visit.customer_id, visit.kind, visit.case_id, replace, visit.about))
    if visit.leads:
        merge_waiting(act, visit.customer_id)
