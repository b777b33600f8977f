"""Tells whoever is to know of an urgent case, an angry or a repeated complainer, once a case and reason (CAS-12)."""

from __future__ import annotations

from huiyin.cases.models import Case, CaseEscalation
from huiyin.cases.queries.settings import settings_at
from huiyin.cases.rules.escalation import SAID, Standing, Step, steps_for
from huiyin.channels.public import notify_staff
from huiyin.foundation.actions import Act
from huiyin.kernel.words import message
from huiyin.organisation.public import Role, with_role

ROLES = {"service_manager": Role.SERVICE_MANAGER, "director": Role.DIRECTOR, "quality": Role.QUALITY}


def escalate(act: Act, case: Case, *, new: bool = False) -> list[CaseEscalation]:
    """Tells the people the table names for the case as it stands; what was told before is not told again.

    Who acts needs no notice; ``new``: nobody can have been told yet. Part of the action that changed the case.
    """
    standing = Standing(case.level, case.emotion or felt_of(case), case.earlier_complaints)
    steps = steps_for(standing, settings_at(act.now).escalation)
    told = set() if new or not steps else set(case.escalations.values_list("why", flat=True))
    return [_told(act, case, step) for step in steps if step.why not in told]


def felt_of(case: Case) -> str:
    """The emotion the level's suggestion counted, where nobody has judged it."""
    return next((each["value"] for each in case.suggested_because if each["factor"] == "emotion"), "")


def _told(act: Act, case: Case, step: Step) -> CaseEscalation:
    people = sorted(_people(case, step) - {act.actor.staff_id or 0})
    made, fresh = CaseEscalation.objects.get_or_create(
        case=case, why=step.why, defaults={"at": act.now, "told": people}
    )
    if fresh and people:
        values = {"number": case.number, "title": case.title, "times": case.earlier_complaints + 1}
        used = {name: value for name, value in values.items() if f"%({name})" in SAID[step.why]}
        notify_staff(act.call, people, message(SAID[step.why], **used), page="case", args=[case.pk])
    return made


def _people(case: Case, step: Step) -> set[int]:
    head = case.department.head_id if case.department else None
    people = {head} if "head" in step.to and head else set()
    for name in step.to:
        if name in ROLES:
            people |= set(with_role(ROLES[name]).values_list("pk", flat=True))
    return people
