"""What the guards are told about a case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from huiyin.cases.models import Case, CasePlan
from huiyin.cases.models.talk import NoteKind
from huiyin.cases.queries.around import Around, Plan
from huiyin.cases.queries.merged import since_merge
from huiyin.cases.rules.facts import CaseFacts, PlanFacts
from huiyin.spare_parts.public import open_needs


def newest_plan(case: Case) -> CasePlan | None:
    """The plan in force, made since the case was last reopened or not."""
    return case.plans.order_by("-version").first()


def facts_of(case: Case) -> CaseFacts:
    """The case as the rules see it (four small queries)."""
    told = case.told_at
    tries = case.notes.filter(kind=NoteKind.CONTACT, reached=False, at__gte=told).order_by("at") if told else None
    return _facts(
        case,
        plan_facts(newest_plan(case)),
        case.tasks.filter(done_at=None, dropped=False).count(),
        open_needs(case._meta.label_lower, case.pk),
        tries.values_list("at", flat=True) if tries is not None else (),
    )


def facts_around(case: Case, story: Around) -> CaseFacts:
    """The same from what has been read already."""
    told = case.told_at
    failed = [note.at for note in story.notes if note.kind == NoteKind.CONTACT and note.reached is False]
    return _facts(
        case,
        plan_facts(story.plan),
        sum(1 for task in story.tasks if task.done_at is None and not task.dropped),
        story.open_parts,
        [at for at in failed if told and at >= told],
    )


def _facts(
    case: Case, plan: PlanFacts | None, open_tasks: int, open_parts: int, unreached: Iterable[datetime]
) -> CaseFacts:
    zone = timezone.get_default_timezone()
    return CaseFacts(
        state=case.state,
        kind=case.kind,
        level=case.level,
        handler_id=case.handler_id,
        plan=plan,
        verdict=case.verdict,
        revisit=case.revisit,
        open_tasks=open_tasks,
        since_merge=since_merge(case),
        open_parts=open_parts,
        unreached=tuple(at.astimezone(zone).date() for at in unreached),
    )


def plan_facts(plan: CasePlan | Plan | None) -> PlanFacts | None:
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
