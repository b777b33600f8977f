"""What the API of demand forms takes and gives."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Annotated, Any

from ninja import Field, Schema

from huiyin.demand_forms.queries.numbers import demand_numbers
from huiyin.demand_forms.rules.checking import Group, Wanted, plain_questions

Text = Annotated[str, Field(max_length=1000)]


class FormOut(Schema):
    """One demand form; ``unit`` is ``d`` or ``s`` with the key of a department or store."""

    id: int
    title: str
    unit: str
    unit_name: str
    goal: str
    questions: list[str]
    kind: str
    ways: list[str]
    wanted_by: date
    state: str
    asked_at: datetime
    decided_at: datetime | None
    closed_at: datetime | None
    reason: str
    counts_for_id: int | None

    @staticmethod
    def resolve_unit(row: Any) -> str:
        """The unit's code; a row as it comes from the database knows the unit itself."""
        return str(getattr(row.unit, "code", row.unit))


class WishOut(Schema):
    """One customer of a form; the name is masked and the keys are left out where they lie outside your area."""

    id: int
    customer_id: int | None
    customer: str
    state: str
    visit_id: int | None
    merged: bool
    answers: list[str]
    remark: str
    ended_because: str


class GroupIn(Schema):
    """Buyers of these days; every rule given must hold."""

    bought_from: date
    bought_until: date
    product: str = Field("", max_length=60)
    tier: str = Field("", max_length=9)
    amount_from: Decimal | None = Field(None, ge=0, lt=10**12)
    most: int = Field(30, ge=1, le=10_000)


class FormIn(Schema):
    """Whom, what and by when; customers by key, or a group."""

    unit: str = Field(max_length=20)
    title: str = Field(max_length=80)
    wanted_by: date
    questions: list[Annotated[str, Field(max_length=200)]] = Field(default_factory=list, max_length=10)
    goal: str = Field("", max_length=300)
    customers: list[Annotated[int, Field(ge=1, lt=2**63)]] = Field(default_factory=list, max_length=500)
    group: GroupIn | None = None
    ways: list[str] = Field(default_factory=list, max_length=10)
    kind: str | None = Field(None, max_length=30)

    def wanted(self) -> Wanted:
        """The form as the action takes it."""
        return Wanted(
            title=self.title,
            wanted_by=self.wanted_by,
            questions=plain_questions(self.questions),
            goal=self.goal,
            customers=tuple(self.customers),
            group=Group(**self.group.model_dump()) if self.group else None,
            ways=tuple(self.ways),
            kind=self.kind or demand_numbers().kind,
        )


class DecisionIn(Schema):
    """What becomes of one wish: it joins the visit ``join``, or is left out, or gets a visit of its own."""

    wish_id: int
    join: int | None = Field(None, ge=1, lt=2**63)
    drop: bool = False


class ConfirmIn(Schema):
    """Decisions by wish; a wish without one gets a visit of its own. ``reason``: why some are left out."""

    decisions: list[DecisionIn] = Field(default_factory=list, max_length=500)
    reason: str = Field("", max_length=300)


class ReasonIn(Schema):
    """Why."""

    reason: str = Field(max_length=300)


class AnswersIn(Schema):
    """Answers in the order of the form's questions, "" where none was given."""

    answers: list[Text] = Field(default_factory=list, max_length=10)
    remark: Text = ""


class MonthOut(Schema):
    """What a unit owes in a month and how it stands: open, handed_in, nothing, late or missing."""

    id: int
    unit: str
    unit_name: str
    month: date
    needed: int
    handed_in: int
    due_at: datetime
    kept_at: datetime | None
    nothing_because: str
    stands: str


class MonthlyIn(Schema):
    """What is owed each month: so many forms by a working day of it, at a clock time of the company's calendar."""

    forms: int = Field(ge=0, le=1000)
    working_day: int = Field(ge=0, le=1000)
    at: time
    nothing_counts: bool = True


class NumbersIn(MonthlyIn):
    """The numbers for every unit; hours are working hours."""

    kind: str = Field(max_length=30)
    decide_hours: int = Field(ge=0, le=1000)
    answer_hours: int = Field(ge=0, le=1000)
    most_questions: int = Field(ge=0, le=1000)
    most_customers: int = Field(ge=0, le=10_000)


class ExceptionOut(MonthlyIn):
    """What one unit owes instead."""

    unit: str


class NumbersOut(NumbersIn):
    """The numbers and the units that are different."""

    exceptions: list[ExceptionOut]
