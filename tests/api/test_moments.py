"""A moment that comes in over the API has its offset: nobody guesses whose clock was meant."""

from __future__ import annotations

from typing import Any

import pytest
from ninja import Schema
from pydantic import ValidationError

from huiyin.field_service.api import MoveIn, PlanIn
from huiyin.organisation.api import TokenIn
from huiyin.visits.api.schemas import AttemptIn, OweIn

NAIVE, AWARE = "2026-10-02T10:00:00", "2026-10-02T10:00:00+08:00"


@pytest.mark.parametrize(
    ("body", "name", "more"),
    [
        (OweIn, "due_at", {"question": "接地暖？", "owner_id": 1}),
        (AttemptIn, "again_at", {"outcome": "later"}),
        (AttemptIn, "try_at", {"outcome": "later"}),
        (PlanIn, "start_at", {"engineer_id": 1, "address": "漕溪路"}),
        (MoveIn, "start_at", {"engineer_id": 1}),
        (TokenIn, "expires_at", {"name": "x", "staff_id": 1}),
    ],
)
def test_a_moment_without_offset_is_refused(body: type[Schema], name: str, more: dict[str, Any]) -> None:
    assert (name in faults(body, {**more, name: NAIVE}), name in faults(body, {**more, name: AWARE})) == (True, False)


def faults(body: type[Schema], values: dict[str, Any]) -> set[object]:
    """The fields that are wrong."""
    try:
        body(**values)
    except ValidationError as refused:
        return {error["loc"][0] for error in refused.errors()}
    return set()
