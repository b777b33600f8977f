"""What the guards are told about a case."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from huiyin.cases.models import Case, CasePlan
from huiyin.cases.models.talk import NoteKind
from huiyin.cases.rules.facts import CaseFacts, PlanFacts


def newest_plan(case: Case) -> CasePlan | None:
    """The plan in force, made since the case was last reopened or not."""
    return case.plans.order_by("-version").first()


def facts_of(case: Case) -> CaseFacts:
    """The case as the rules see it (three small queries)."""
    return CaseFacts(
        state=case.state,
        kind=case.kind,
        level=case.level,
        handler_id=case.handler_id,
        plan=plan_facts(newest_plan(case)),
        verdict=case.verdict,
        revisit=case.revisit,
        open_tasks=case.tasks.filter(done_at=None, dropped=False).count(),
        unreached=_unreached(case),
    )


def plan_facts(plan: CasePlan | None) -> PlanFacts | None:
    """A plan as the rules see it."""
    if plan is None:
        return None
    return PlanFacts(
        version=plan.version,
        cost=plan.cost,
        days=(plan.due_at - plan.made_at).days,
        sent=plan.sent_at is not None,
        confirmed=plan.answer == "confirmed",
        way=plan.way,
    )


def _unreached(case: Case) -> tuple[date, ...]:
    if case.told_at is None:
        return ()
    tries = case.notes.filter(kind=NoteKind.CONTACT, reached=False, at__gte=case.told_at).order_by("at")
    zone = timezone.get_default_timezone()
    return tuple(at.astimezone(zone).date() for at in tries.values_list("at", flat=True))
