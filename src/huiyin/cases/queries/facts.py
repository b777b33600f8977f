"""What the guards are told about a case."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from huiyin.cases.models import Case, CasePlan
from huiyin.cases.models.talk import NoteKind
from huiyin.cases.queries.around import Around, Plan
from huiyin.cases.queries.merged import since_merge
from huiyin.cases.rules.facts import CaseFacts, PlanFacts
from huiyin.cases.rules.reaching import Contact, unanswered
from huiyin.spare_parts.public import open_needs

SPOKEN = (NoteKind.CONTACT, NoteKind.SAID)


def newest_plan(case: Case) -> CasePlan | None:
    """The plan in force, made since the case was last reopened or not."""
    return case.plans.order_by("-version").first()


def facts_of(case: Case) -> CaseFacts:
    """The case as the rules see it (four small queries)."""
    told = case.told_at
    spoken = case.notes.filter(kind__in=SPOKEN, at__gte=told).order_by("at", "pk") if told else None
    return _facts(
        case,
        plan_facts(newest_plan(case)),
        case.tasks.filter(done_at=None, dropped=False).count(),
        open_needs(case._meta.label_lower, case.pk),
        [_contact(*note) for note in spoken.values_list("kind", "at", "channel", "reached")] if spoken else [],
    )


def facts_around(case: Case, story: Around) -> CaseFacts:
    """The same from what has been read already."""
    told = case.told_at
    return _facts(
        case,
        plan_facts(story.plan),
        sum(1 for task in story.tasks if task.done_at is None and not task.dropped),
        story.open_parts,
        [
            _contact(note.kind, note.at, note.channel, note.reached)
            for note in story.notes
            if note.kind in SPOKEN and told and note.at >= told
        ],
    )


def _contact(kind: str, at: datetime, way: str, reached: bool | None) -> Contact:
    return Contact(at, way, heard=kind == NoteKind.SAID or bool(reached))


def _facts(case: Case, plan: PlanFacts | None, open_tasks: int, open_parts: int, contacts: list[Contact]) -> CaseFacts:
    zone, tries = timezone.get_default_timezone(), unanswered(contacts)
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
        unreached=tuple(each.at.astimezone(zone).date() for each in tries),
        unreached_by=tuple(each.way for each in tries),
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
