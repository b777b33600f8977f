"""What goes in and out of the API of visits."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from ninja import Field, Schema
from pydantic import AwareDatetime

Line = Literal["connected", "no_answer", "busy", "powered_off", "out_of_service", "wrong_number"]
Business = Literal["", "completed", "partly", "refused", "call_back"]

TOGETHER: Any = Field(None, description="The other visits that were asked about; without it all that are made with it.")


class VisitOut(Schema):
    """A visit; moments are UTC."""

    id: int
    kind: str
    state: str
    customer_id: int
    customer_number: str
    customer_name: str
    purchase_id: int | None
    case_id: int | None
    due_from: datetime
    due_by: datetime
    planned_on: date | None
    window_start: datetime | None
    window_end: datetime | None
    agent_id: int | None
    store_id: int | None
    band: str
    sampled: bool
    again_at: datetime | None
    ended_at: datetime | None
    ended_because: str
    found_case_id: int | None
    wish: str
    made_with_id: int | None = Field(description="The visit in whose call it is or was made.")


class TogetherOut(Schema):
    """Another visit of the same call."""

    id: int
    kind: str
    state: str
    keys: dict[str, str] = Field(
        description="Under which key the answer to each question of it is entered when the call is completed; what"
        " several visits ask has one key."
    )


class AttemptOut(Schema):
    """One dial; the number is masked."""

    id: int
    at: datetime
    by_id: int | None
    number: str
    line: str
    business: str
    sub_result: str
    seconds: int | None
    note: str
    override: str


class RecordOut(Schema):
    """One version of the record."""

    version: int
    needs: str
    suggestions: str
    emotion: str
    notes: str
    goal_met: bool | None
    seconds: int | None
    completed_at: datetime
    late: bool
    reason: str


class MayCall(Schema):
    """Whether the customer may be called now, and why (not)."""

    allowed: bool
    code: str
    why: str
    from_when: datetime | None


class VisitDetailOut(VisitOut):
    """A visit with its dials, its record and whether it may be called now."""

    phone: str = Field(description="Masked.")
    attempts: list[AttemptOut]
    records: list[RecordOut] = Field(description="Newest version first.")
    may_call: MayCall
    together: list[TogetherOut] = Field(description="Visits made in the same call.")


class VisitFilter(Schema):
    """Which visits to list."""

    tab: Literal["all", "open", "pool", "done"] = "open"
    kind: str = ""
    state: str = ""
    text: str = Field("", description="Beginning of a customer's number or name, or a phone number.")
    mine: bool = False


class AttemptIn(Schema):
    """One dial in two layers: what the line said, what the call brought."""

    line: Line
    business: Business = ""
    again_at: AwareDatetime | None = Field(None, description="A time the customer named.")
    outside: bool = Field(True, description="The named time may lie outside the call windows, never in time of rest.")
    try_at: AwareDatetime | None = Field(None, description="Our own time for the later chance after a refusal.")
    final: bool = Field(False, description="After a refusal: the customer wants no later chance.")
    seconds: int | None = None
    note: str = Field("", max_length=500)
    sub_result: str = Field("", max_length=40, description="A code of the company's own list under the result.")
    override_reason: str = Field("", max_length=200)
    answers: dict[str, Any] = Field(default_factory=dict)
    together: list[int] | None = TOGETHER


class CompleteIn(Schema):
    """The answers and the record of a visit, and of those made in the same call."""

    answers: dict[str, Any] = Field(description="By question code; the reason for a low score under `code.why`.")
    emotion: Literal["satisfied", "neutral", "dissatisfied", "angry"] | None = None
    emotion_note: str = Field("", max_length=300)
    needs: str = Field("", max_length=2000)
    suggestions: str = Field("", max_length=2000)
    notes: str = Field("", max_length=2000)
    goal_met: bool | None = None
    seconds: int | None = None
    way: Literal["phone", "face", "other"] = "phone"
    override_reason: str = Field("", max_length=200)
    goals_met: dict[int, bool | None] = Field(default_factory=dict, description="Of the other visits, by visit.")
    together: list[int] | None = TOGETHER


class CorrectIn(Schema):
    """What the record should have said, and why."""

    reason: str = Field(max_length=300)
    needs: str | None = Field(None, max_length=2000)
    suggestions: str | None = Field(None, max_length=2000)
    notes: str | None = Field(None, max_length=2000)
    emotion: Literal["", "satisfied", "neutral", "dissatisfied", "angry"] | None = None
    goal_met: bool | None = None


class ReasonIn(Schema):
    """Why."""

    reason: str = Field(max_length=200)


class HandOverIn(Schema):
    """Visits that change hands."""

    visits: list[int] = Field(max_length=500)
    agent_id: int
    reason: str = Field("", max_length=200)


class MovedOut(Schema):
    """How many changed hands."""

    moved: int


class LinkOut(Schema):
    """The address for the customer; it can never be read again."""

    address: str


class OweIn(Schema):
    """A question that somebody else answers."""

    question: str = Field(max_length=1000)
    owner_id: int
    due_at: AwareDatetime


class GiveIn(Schema):
    """What the customer was told."""

    answer: str = Field(max_length=2000)


class OwedOut(Schema):
    """An owed answer."""

    id: int
    visit_id: int
    question: str
    owner_id: int
    due_at: datetime
    answer: str
    answered_at: datetime | None


class PlanIn(Schema):
    """A week to draw."""

    week: str = Field(description="ISO week, such as 2026-W40.")
    seed: int = Field(ge=0, le=2**31 - 1)
    fill_up: bool = Field(False, description="Keep what is already planned and only add.")


class ReplanIn(Schema):
    """A published week to plan again."""

    week: str = Field(description="ISO week, such as 2026-W40.")


class RelaxationOut(Schema):
    """A rule that gave way."""

    code: str
    params: dict[str, Any]
    text: str


class StepOut(Schema):
    """A question the solver answered: what its answer costs, and what any answer costs at least."""

    name: str
    cost: int
    bound: int
    gap: float


class PlanOut(Schema):
    """A drawn week."""

    id: int
    week: str
    monday: date
    seed: int
    state: str
    rules: int = Field(description="Version of the plan's numbers.")
    turn: str
    target: int
    kept: int
    chosen: int
    candidates: int
    bands: dict[str, int]
    relaxations: list[RelaxationOut]
    not_chosen: dict[str, int] = Field(description="Candidates by the reason why not.")
    mode: str = Field(description="anew, fill_up or replan.")
    moved: int = Field(description="Visits that stand elsewhere than in the plan before.")
    gap: float = Field(description="By how much the best plan could be better at most, as a share; 0 is proven best.")
    steps: list[StepOut]
    strata: list[dict[str, Any]]
    drawn_at: datetime
    published_at: datetime | None


class WhyOut(Schema):
    """Why a visit is in the plan or not."""

    visit_id: int
    chosen: bool
    code: str
    sentences: list[str]
    agent_id: int | None
    window_start: datetime | None
