"""What a dial means for the visits that were to be made in the same call, each by its own policy."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.foundation.actions import Act
from huiyin.visits.actions.following import TALKED, follow
from huiyin.visits.actions.promising import promise_record
from huiyin.visits.models import Visit
from huiyin.visits.queries.policies import rules_in_force
from huiyin.visits.rules.attempts import Next, Outcome
from huiyin.visits.rules.lifecycle import State


def follow_others(act: Act, leading: Outcome, others: Sequence[tuple[Visit, Outcome]], *, asked: bool) -> None:
    """Carries out what a dial means for each of the others (saves them); ``leading`` is what it means for the leader.

    While both go on, they go on together. Who goes on alone tries again by itself. What ends is ended.
    """
    for visit, outcome in others:
        if outcome.next is Next.DONE:
            visit.save(update_fields=(*TALKED, "made_with"))
            promise_record(act, visit, calendar=rules_in_force(act.now.date()).calendar)
        elif outcome.next is Next.AGAIN and leading.next is Next.AGAIN:
            _stay(visit)
        else:
            visit.made_with = None
            visit.save(update_fields=["made_with"])
            follow(act, visit, outcome, asked=asked)


def _stay(visit: Visit) -> None:
    """Still to be made with the leader: it waits where the leader's next try puts it."""
    visit.state = State.DUE
    visit.started_at = visit.started_by = None
    visit.save(update_fields=(*TALKED, "made_with"))
