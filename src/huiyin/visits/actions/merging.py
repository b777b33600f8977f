"""Puts the waiting visits of a customer into as few calls as the rules allow, and takes apart what no longer fits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from huiyin.foundation.actions import Act, action
from huiyin.kernel.call import Call
from huiyin.visits.actions.joining import LINKS, join, leave, locked_others
from huiyin.visits.actions.place import place_owed
from huiyin.visits.actions.promising import PLAN_CHANGED, drop_promises, promise_calls
from huiyin.visits.models import Visit
from huiyin.visits.queries.policies import rules_in_force, under_policy
from huiyin.visits.queries.together import customers_with_several, due_of, means_at, waiting_of
from huiyin.visits.rules.lifecycle import OPEN, State
from huiyin.visits.rules.together import Means, calls_of, joins

NO_MEANS = Means((), timedelta())


def merge_due(call: Call) -> int:
    """Merges for every customer of whom several kinds are due; returns for how many something changed."""
    each_customer = Call(call.actor, call.now)
    return sum(merge_customer(each_customer, customer) > 0 for customer in customers_with_several(call.now))


@action("visits.merge")
def merge_customer(act: Act, customer_id: int) -> int:
    """Merges the visits of one customer; returns how many changed. Doing it again changes nothing."""
    return len(merge_waiting(act, customer_id))


def merge_waiting(act: Act, customer_id: int) -> dict[int, Visit]:
    """What waits for the customer becomes as few calls as may be; the visits that joined, left or lead, as they are.

    Visits that somebody holds, has begun or agreed an hour for stay as they are, with all that is made with them. An
    owed visit that gets a call of its own, or comes to lead one, is planned at once.
    """
    waiting = _locked(act, customer_id)
    means = means_at(act.now) if len(waiting) > 1 else NO_MEANS
    calls = calls_of(map(due_of, waiting.values()), means)
    leader_of = {other.id: call.leader.id for call in calls for other in call.others}
    moved = {pk: visit for pk, visit in waiting.items() if visit.made_with_id != leader_of.get(pk)}
    _write(act, moved, waiting, leader_of)
    touched = moved | {leader_of[pk]: waiting[leader_of[pk]] for pk in moved if pk in leader_of}
    on_their_own = [visit for pk, visit in touched.items() if pk not in leader_of]
    _place(act, on_their_own)
    if any(misses(visit, means) for visit in on_their_own):
        return touched | merge_waiting(act, customer_id)
    return touched


def _locked(act: Act, customer_id: int) -> dict[int, Visit]:
    """The waiting visits that nobody else holds, locked; without those whose leader is begun or held."""
    rows = waiting_of(customer_id, act.now).order_by("pk").select_for_update(of=("self",), skip_locked=True)
    found = {each.pk: under_policy(each) for each in rows}
    return {pk: each for pk, each in found.items() if each.made_with_id in (None, *found) or _is_astray(each)}


def _is_astray(visit: Visit) -> bool:
    """Whether the visit that it was to be made with has ended."""
    return getattr(visit, "leader_state", None) not in OPEN


def _write(act: Act, moved: Mapping[int, Visit], waiting: Mapping[int, Visit], leader_of: Mapping[int, int]) -> None:
    for leader in {leader_of[pk] for pk in moved if pk in leader_of}:
        if not waiting[leader].leads:
            waiting[leader].leads = True
            waiting[leader].save(update_fields=["leads"])
    for pk, visit in moved.items():
        if pk in leader_of:
            join(visit, waiting[leader_of[pk]])
        else:
            leave(visit)
            if visit.sampled:
                drop_promises(act, visit, PLAN_CHANGED)
        visit.save(update_fields=LINKS)
        act.record(visit, customer_id=visit.customer_id, made_with=visit.made_with_id)


def _place(act: Act, visits: Iterable[Visit]) -> None:
    """Owed visits without a place get one; a call that has one is promised for all its visits."""
    for visit in visits:
        if visit.state == State.PLANNED:
            promise_calls(act, [visit], calendar=rules_in_force(act.now.date()).calendar)
        elif not visit.sampled:
            place_owed(act, visit)


def misses(leader: Visit, means: Means) -> bool:
    """Whether the place that was found for a call lies outside the time of one of its visits."""
    call = due_of(leader)
    return call.place is not None and not all(joins([call], due_of(each), means) for each in locked_others([leader]))


def loosen(act: Act, placed: Iterable[Visit]) -> None:
    """Takes out of calls that have just been placed what does not fit there."""
    leaders = [visit for visit in placed if visit.leads]
    means = means_at(act.now) if leaders else NO_MEANS
    for leader in leaders:
        if misses(leader, means):
            merge_waiting(act, leader.customer_id)
