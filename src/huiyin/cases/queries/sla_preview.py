"""Which cases a policy would have, and how their deadlines would differ, before it is saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from huiyin.cases.models import Case
from huiyin.cases.queries.goals import goal_words
from huiyin.cases.queries.own_stages import columns_for
from huiyin.cases.queries.sla import company_day, list_on, policy_called
from huiyin.cases.queries.stage_entries import clocks_of_stage, entries_of
from huiyin.cases.rules.sla import Policy, owed, read_policy
from huiyin.cases.rules.sla_list import POLICY_FIELDS, condition_of, for_all
from huiyin.foundation.conditions import matching
from huiyin.kernel.actor import Actor
from huiyin.kernel.refusal import Invalid
from huiyin.working_time.public import Span, Unit, calendar_of, deadline

DAYS = 90
SHOWN = 20


@dataclass(frozen=True)
class Moved:
    """A deadline of a case: for what (code of the goal), when it was or is due, when it would be."""

    goal: str
    before: datetime | None
    after: datetime | None

    @property
    def words(self) -> str:
        """The goal in the reader's language."""
        return goal_words(self.goal)


@dataclass(frozen=True)
class Previewed:
    """A case that would come under the policy, and what would differ."""

    pk: int
    number: str
    title: str
    level: str
    policy: str
    moved: list[Moved]


@dataclass(frozen=True)
class Preview:
    """Of ``total`` cases received in the last ``days`` that the viewer sees: how many meet the conditions, how many
    would be the policy's own because no policy before it takes them, and the newest of these.
    """

    days: int
    total: int
    meet: int
    own: int
    cases: list[Previewed]


def preview_of(actor: Actor, content: Mapping[str, Any], now: datetime) -> Preview:
    """What the values of a policy would have done; a policy that is not in the list is tried before its last one."""
    policy = read_policy({**content, "version": 0})
    seen = Case.objects.visible_to(actor).filter(received_at__gte=now - timedelta(days=DAYS))
    meet = seen.filter(_met(policy, now))
    own = meet
    for earlier in _before(policy, now):
        own = own.exclude(_met(earlier, now))
    rows = list(own.select_related("department").order_by("-received_at", "-pk")[:SHOWN])
    entered = entries_of([case.pk for case in rows])
    cases = [_previewed(case, policy, entered.get(case.pk, {})) for case in rows]
    return Preview(DAYS, seen.count(), meet.count(), own.count(), cases)


def _met(policy: Policy, now: datetime) -> Q:
    """The cases that meet a policy's conditions; none where they cannot be read any more."""
    if for_all(policy):
        return Q(pk__isnull=False)
    try:
        condition = condition_of(policy)
        return matching(condition, columns_for(condition, POLICY_FIELDS), now=now)
    except Invalid:
        return Q(pk__in=[])


def _before(policy: Policy, now: datetime) -> list[Policy]:
    listed = list(list_on(company_day(now))[1])
    codes = [each.code for each in listed]
    at = codes.index(policy.code) if policy.code in codes else max(len(listed) - 1, 0)
    return listed[:at]


def _previewed(case: Case, policy: Policy, entered: Mapping[str, datetime]) -> Previewed:
    had = policy_called(case.policy, case.policy_version)
    before, after = _due(case, had, entered), _due(case, policy, entered)
    goals = dict.fromkeys([*before, *after])
    moved = [Moved(goal, before.get(goal), after.get(goal)) for goal in goals if before.get(goal) != after.get(goal)]
    return Previewed(case.pk, case.number, case.title, case.level, had.shown_name, moved)


def _due(case: Case, policy: Policy, entered: Mapping[str, datetime]) -> dict[str, datetime]:
    """When what a case owes from its beginning, and from entering stages, is due under a policy, without pauses."""
    hours = calendar_of(policy.calendar)
    begun = [(clock, since) for start, since in entered.items() for clock in clocks_of_stage(case, policy, start)]
    begun += [(clock, case.received_at) for clock in owed(policy, case.level, "received")]
    return {clock.goal: deadline(hours, at, Span(clock.amount, Unit(clock.unit))).at for clock, at in begun}
