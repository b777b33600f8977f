"""A case as the API gives it in lists."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Field, Schema

from huiyin.cases.rules.case_fields import NO_CLOCK
from huiyin.cases.rules.states import PHASES
from huiyin.customers.public import mask_name


class CaseOut(Schema):
    """A case; contact details of the reporter are masked, moments are UTC."""

    id: int
    number: str
    kind: str
    topic: str
    channel: str
    title: str
    state: str
    phase: str
    level: str
    suggested_level: str
    received_at: datetime
    due_at: datetime | None = Field(description="The next running deadline; null when no clock runs.")
    customer_id: int | None
    customer: str = Field(description="The customer's or reporter's name.")
    owner_id: int | None
    handler_id: int | None
    department_id: int | None
    store_id: int | None
    waiting_for: str
    verdict: str
    repeated: bool
    reopened_times: int
    closed_at: datetime | None


STORED = tuple(name for name in CaseOut.model_fields if name not in ("phase", "due_at", "customer"))
ROW = (*STORED, "due_at", "level_rank", "unanswered_since", "customer__name", "reporter_name")
"""What a row of the list is made of and ordered by."""


def case_values(case: Any, known_as: str | None) -> dict[str, Any]:
    """The values of a case as the API gives them, from a case or a named tuple of :data:`ROW`.

    ``known_as`` is the name in the customer's file, if there is one.
    """
    return {
        **{name: getattr(case, name) for name in STORED},
        "phase": PHASES[case.state],
        "due_at": case.due_at if case.due_at < NO_CLOCK else None,
        "customer": known_as or mask_name(case.reporter_name),
    }


def case_out(row: Any) -> CaseOut:
    """A case as a row of the list: a named tuple of :data:`ROW`."""
    return CaseOut(**case_values(row, row.customer__name))
