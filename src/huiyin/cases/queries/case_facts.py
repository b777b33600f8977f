"""A case as conditions see it: the facts of one row, and what there is to choose from."""

from __future__ import annotations

from dataclasses import replace

from django.db import connection

from huiyin.cases.models import Case, ProblemType
from huiyin.cases.queries.own_stages import stage_of, stages_in_use, stages_out_of_use
from huiyin.cases.rules.case_fields import CASE_FIELDS, NO_CLOCK
from huiyin.cases.rules.states import PHASES
from huiyin.foundation.conditions import Fields, with_choices
from huiyin.kernel.conditions import Choices
from huiyin.organisation.public import Department, Staff, Store

PLAIN = (
    *("kind", "topic", "channel", "level", "state", "waiting_for", "emotion", "severity", "reach", "repeated"),
    *("needs_senior", "reopened_times", "verdict", "serial", "received_at", "unanswered_since"),
)
_PATH = """
    WITH RECURSIVE up AS (SELECT code, parent_id FROM cases_problemtype WHERE id = %s
        UNION ALL SELECT above.code, above.parent_id FROM cases_problemtype above JOIN up ON above.id = up.parent_id)
    SELECT code FROM up
"""


def case_facts(case: Case, *, tier: str) -> dict[str, object]:
    """The facts of a case, saved or not yet, by code of :data:`CASE_FIELDS`; ``tier`` as ``tier_of`` tells it."""
    return {name: getattr(case, name) for name in PLAIN} | {
        "phase": str(PHASES[case.state]),
        "own_stage": stage.code if case.own_stage_id and (stage := stage_of(case.own_stage_id)) else "",
        "problem_type": path_of_type(case.problem_type_id),
        "owner": case.owner_id,
        "department": case.department_id,
        "store": case.store_id,
        "due_at": None if case.due_at == NO_CLOCK else case.due_at,
        "tier": tier,
        "text": (case.title, case.description, case.wish),
        "product": (case.product_name, case.product.name if case.product else ""),
    }


def path_of_type(problem_type_id: int | None) -> tuple[str, ...]:
    """The codes of a problem type and of those above it; none without one."""
    if problem_type_id is None:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(_PATH, [problem_type_id])
        return tuple(code for (code,) in cursor.fetchall())


def case_fields() -> Fields:
    """The fields with the people at work, departments, stores, problem types and stages of our own there are now.

    Four small queries; the stages are kept.
    """
    people: Choices = dict(Staff.objects.filter(is_active=True).order_by("name").values_list("pk", "name"))
    departments: Choices = dict(Department.objects.values_list("pk", "name"))
    stores: Choices = dict(Store.objects.values_list("pk", "name"))
    types: Choices = dict(ProblemType.objects.filter(in_use=True).values_list("code", "name"))
    stages: Choices = {stage.code: stage.shown for stage in stages_in_use()}
    found = with_choices(
        CASE_FIELDS,
        {"owner": people, "department": departments, "store": stores, "problem_type": types, "own_stage": stages},
    )
    past: Choices = {stage.code: stage.shown for stage in stages_out_of_use()}
    return found | {"own_stage": replace(found["own_stage"], past=past)}
