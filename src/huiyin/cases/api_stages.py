"""The API of the company's own stages within the states of a case."""

from __future__ import annotations

from ninja import Field, Router, Schema, Status

from huiyin.cases.actions.arrange_stages import ARRANGE, retire_stage, save_stage
from huiyin.cases.queries.own_stages import StageRow, every_stage, stage_with_cases
from huiyin.foundation.api import ApiRequest, answers, call_of_api, needs, outcome

router = Router(tags=["cases: own stages"])


class StageChange(Schema):
    """Names, the state it lies in, and its place among the others of that state."""

    name: str = Field(max_length=40)
    name_en: str = Field("", max_length=40)
    state: str
    position: int = Field(0, ge=0, le=999)


class StageIn(StageChange):
    """A new stage; clocks name it as ``stage:code``."""

    code: str = Field(max_length=28)


class StageOut(StageIn):
    """A stage; ``cases`` counts those in it now."""

    id: int
    in_use: bool
    cases: int


class RetireIn(Schema):
    """Where its cases go: the code of a stage of the same state, "" for none; null only where it has no cases."""

    into: str | None = None


class RetiredOut(Schema):
    """How many cases were moved."""

    moved: int


@router.get("", auth=needs("cases.see"), response=answers(list[StageOut]))
def list_own_stages(request: ApiRequest) -> list[StageOut]:  # noqa: ARG001 - ninja passes it
    """All stages, in use or not, in their order."""
    return [_out(stage) for stage in every_stage()]


@router.post("", auth=needs(ARRANGE), response=answers(StageOut, 201))
def create_own_stage(request: ApiRequest, data: StageIn) -> Status[StageOut]:
    """Makes a stage."""
    return Status(201, _out(stage_with_cases(outcome(save_stage, call_of_api(request), None, **data.dict()))))


@router.put("/{int:stage_id}", auth=needs(ARRANGE), response=answers(StageOut))
def change_own_stage(request: ApiRequest, stage_id: int, data: StageChange) -> StageOut:
    """Changes a stage, or takes it into use again; its state stays while cases are in it."""
    code = stage_with_cases(stage_id).code
    outcome(save_stage, call_of_api(request), stage_id, code=code, **data.dict())
    return _out(stage_with_cases(stage_id))


@router.post("/{int:stage_id}/retire", auth=needs(ARRANGE), response=answers(RetiredOut))
def retire_own_stage(request: ApiRequest, stage_id: int, data: RetireIn) -> RetiredOut:
    """Takes a stage out of use; its cases go where ``into`` says."""
    return RetiredOut(moved=outcome(retire_stage, call_of_api(request), stage_id, into=data.into))


def _out(stage: StageRow) -> StageOut:
    return StageOut(id=stage.pk, **{name: value for name, value in vars(stage).items() if name != "pk"})
