"""Running cases come under a new version of their policy: at once where spans differ, one by one where goals do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from huiyin.cases.actions.clocks_anew import restart
from huiyin.cases.actions.stage_clocks import stage_now
from huiyin.cases.models import Case, ClockWork
from huiyin.cases.queries.sla import policy_called
from huiyin.cases.queries.stage_entries import clocks_of_stage
from huiyin.cases.rules.sla import STARTS, Clock, Policy, owed, stages_that_begin
from huiyin.foundation.actions import Act
from huiyin.promises.public import Running, kinds_on

BEGINNINGS = ("received", "reopened")


def under_new_version(act: Act, work: ClockWork, cases: Sequence[Case], running: Sequence[Running]) -> list[Running]:
    """Puts locked cases under the version; the promises whose deadlines are still to be reckoned with their new spans.

    Where the version has other goals than the one before, promises are made and let go of at once.
    """
    new = policy_called(work.policy, work.version)
    had = {case.pk: policy_called(case.policy, case.policy_version) for case in cases}
    Case.objects.filter(pk__any_of=list(had)).update(policy_version=new.version)
    odd = _with_other_goals(cases, new, had, running)
    for case in Case.objects.filter(pk__any_of=sorted(odd)).order_by("pk"):
        restart(act, case, had[case.pk], work.reason, renew_late=False)
    levels = {case.pk: (case.level, _event(case)) for case in cases}
    clocks = _Clocks(new)
    return [
        each.spanning(float(clock.amount), clock.unit, new.calendar, new.title)
        for each in running
        if each.subject_id not in odd and (clock := clocks.of(each.kind, *levels[each.subject_id]))
    ]


def _event(case: Case) -> str:
    return "reopened" if case.reopened_times else "received"


class _Clocks:
    """Which clock of a policy runs for a kind of promise, at a level and since an event."""

    def __init__(self, policy: Policy) -> None:
        self._table = cache(lambda level, event: _by_kind(policy, level, event))

    def of(self, kind: str, level: str, event: str) -> Clock | None:
        """None where the policy has no such clock."""
        return self._table(level, event).get(kind)


def _by_kind(policy: Policy, level: str, event: str) -> Mapping[str, Clock]:
    later = (start for start in STARTS if start not in BEGINNINGS)
    events: Iterable[str] = (*later, *sorted(stages_that_begin(policy)), event)
    return {f"case.{clock.goal}": clock for start in events for clock in owed(policy, level, start)}


def _with_other_goals(
    cases: Sequence[Case], new: Policy, had: Mapping[int, Policy], running: Sequence[Running]
) -> set[int]:
    """The cases that owe something from their beginning that they have never owed, or no longer what they owe."""
    ever = kinds_on("cases.case", list(had))
    owes: dict[int, set[str]] = {}
    for promise in running:
        owes.setdefault(promise.subject_id, set()).add(promise.kind)
    odd = set()
    for case in cases:
        wanted = _begun(new, case)
        gone = _begun(had[case.pk], case) - wanted
        if (wanted - ever.get(case.pk, set())) or (gone & owes.get(case.pk, set())):
            odd.add(case.pk)
    return odd


def _begun(policy: Policy, case: Case) -> set[str]:
    """What a case owes from its beginning, and from entering the stage it is in."""
    clocks = [*owed(policy, case.level, _event(case)), *clocks_of_stage(case, policy, stage_now(case))]
    return {f"case.{clock.goal}" for clock in clocks}
