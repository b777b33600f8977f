"""The stages of the company's own, read once per state of all settings."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db.models import Count
from django.utils.translation import get_language

from huiyin.cases.models import Case, OwnStage
from huiyin.cases.rules.case_fields import CASE_FIELDS
from huiyin.foundation.conditions import Condition, Fields
from huiyin.foundation.kept import kept
from huiyin.kernel.conditions import tests_in
from huiyin.kernel.marks import mark_of
from huiyin.kernel.refusal import NotFound


@dataclass(frozen=True)
class StageRow:
    """A stage as pages show it; ``cases`` counts those in it now."""

    pk: int
    code: str
    name: str
    name_en: str
    state: str
    position: int
    in_use: bool
    reached_by: str = ""
    cases: int = 0

    @property
    def shown(self) -> str:
        """Its name in the language of the reader."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name


def mark_of_stage(stage: OwnStage | StageRow) -> str:
    """The mark of what its form shows."""
    return mark_of(stage.name, stage.name_en, stage.state, stage.position, stage.in_use, stage.reached_by)


@kept
def _stages() -> tuple[StageRow, ...]:
    rows = OwnStage.objects.order_by("position", "code")
    return tuple(StageRow(r.pk, r.code, r.name, r.name_en, r.state, r.position, r.in_use, r.reached_by) for r in rows)


def stages_in(state: str) -> list[StageRow]:
    """The stages in use within a state, in their order."""
    return [stage for stage in _stages() if stage.in_use and stage.state == state]


def stage_of(pk: int | None) -> StageRow | None:
    """The stage with this key."""
    return next((stage for stage in _stages() if stage.pk == pk), None)


def stage_called(code: str) -> StageRow | None:
    """The stage with this code, in use or not."""
    return next((stage for stage in _stages() if stage.code == code), None)


def stages_in_use() -> list[StageRow]:
    """Those that cases can be put into, in their order."""
    return [stage for stage in _stages() if stage.in_use]


def stages_out_of_use() -> list[StageRow]:
    """Those that were retired: no case is in one, and conditions may still name them."""
    return [stage for stage in _stages() if not stage.in_use]


def stages_asked(condition: Condition) -> tuple[tuple[str, int], ...]:
    """Code and key of every stage, in use or not, where the condition asks for one; else none, and nothing is read.

    A code keeps its key for good.
    """
    asked = any(test.field == "own_stage" for test in tests_in(condition))
    return tuple((stage.code, stage.pk) for stage in _stages()) if asked else ()


def columns_for(condition: Condition, fields: Fields = CASE_FIELDS) -> Fields:
    """The fields for ``matching``: a stage is asked for by its key, which the index of stages begins with."""
    stages = stages_asked(condition)
    if not stages:
        return fields
    means = {code: (key,) for code, key in stages}
    return {**fields, "own_stage": replace(fields["own_stage"], means=means)}


def every_stage() -> list[StageRow]:
    """All stages with the cases in them now, in use or not."""
    counts = dict(Case.objects.filter(own_stage__isnull=False).values_list("own_stage").annotate(Count("pk")))
    return [StageRow(**{**vars(stage), "cases": counts.get(stage.pk, 0)}) for stage in _stages()]


def stage_with_cases(pk: int) -> StageRow:
    """One stage with the cases in it now, in use or not.

    Raises:
        NotFound: there is none.
    """
    found = next((stage for stage in every_stage() if stage.pk == pk), None)
    if found is None:
        raise NotFound
    return found
