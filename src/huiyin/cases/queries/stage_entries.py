"""When cases entered the company's own stages, and which clocks begin there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from huiyin.cases.models import Case, OwnStageStay
from huiyin.cases.queries.own_stages import StageRow, stage_of
from huiyin.cases.rules.own_stages import PREFIX
from huiyin.cases.rules.sla import Clock, Policy, owed, stages_that_begin


def entries_of(case_ids: Collection[int]) -> dict[int, dict[str, datetime]]:
    """For each case the last moment (UTC) at which it entered each stage, named as clocks do: ``stage:on_site``."""
    rows = OwnStageStay.objects.filter(case_id__in=case_ids).order_by("since", "pk")
    found: dict[int, dict[str, datetime]] = {}
    for case_id, code, since in rows.values_list("case_id", "stage__code", "since"):
        found.setdefault(case_id, {})[f"{PREFIX}{code}"] = since
    return found


def stages_entered_at(case_id: int, moment: datetime) -> list[StageRow]:
    """The stages that a case entered at exactly this moment."""
    stays = OwnStageStay.objects.filter(case_id=case_id, since=moment).values_list("stage_id", flat=True)
    return [stage for pk in stays if (stage := stage_of(pk)) is not None]


def clocks_of_stage(case: Case, policy: Policy, start: str) -> list[Clock]:
    """The clocks that begin for the case with a stage (``stage:on_site``): its level's, its department's own first."""
    if start not in stages_that_begin(policy):
        return []
    return owed(policy, case.level, start, case.department.code if case.department else "")
