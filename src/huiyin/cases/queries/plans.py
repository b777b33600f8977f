"""The versions of a case's plan, as they stand and as they are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from huiyin.cases.models import Case, CasePlan, CasePlanStep
from huiyin.cases.queries.sla import policy_of
from huiyin.cases.queries.tasks import step_of
from huiyin.cases.rules.plan import PlanVersion, changes
from huiyin.foundation.forms import say
from huiyin.kernel.words import Message
from huiyin.working_time.public import calendar_of


@dataclass(frozen=True)
class ToldVersion:
    """A version with its steps and, in the reader's language, what the customer reads differently."""

    plan: CasePlan
    rows: list[CasePlanStep]
    changes: list[str]


def versions_told(case: Case) -> list[ToldVersion]:
    """All versions, newest first."""
    plans = list(case.plans.order_by("version").select_related("made_by").prefetch_related("rows__person"))
    told: list[list[Message]] = [[], *(changed(case, before, after) for before, after in pairwise(plans))]
    every = [ToldVersion(plan, _rows(plan), [say(one) for one in new]) for plan, new in zip(plans, told, strict=False)]
    return every[::-1]


def _rows(plan: CasePlan) -> list[CasePlanStep]:
    return sorted(plan.rows.all(), key=lambda row: row.position)


def version_of(plan: CasePlan) -> PlanVersion:
    """A kept plan as versions are compared."""
    return PlanVersion(tuple(step_of(row) for row in _rows(plan)), plan.due_at, plan.cost, plan.risk)


def changed(case: Case, before: CasePlan, after: CasePlan) -> list[Message]:
    """What the customer has to know of a version after an earlier one."""
    return changes(version_of(before), version_of(after), calendar_of(policy_of(case).calendar).zone)


def last_told(case: Case, plan: CasePlan) -> CasePlan | None:
    """The version before this one that the customer was sent last."""
    return case.plans.filter(version__lt=plan.version, sent_at__isnull=False).order_by("-version").first()


def first_told(case: Case, plan: CasePlan) -> datetime | None:
    """When this version was sent to the customer for the first time; None when it was not."""
    if plan.sent_at is None:
        return None
    moments = case.stages.filter(verb="send_plan", at__gte=plan.made_at).order_by("id").values_list("at", flat=True)
    return moments.first() or plan.sent_at
