"""Steps of a case by their verbs, for the rooms above."""

from __future__ import annotations

from typing import Any

from huiyin.cases.actions.steps import STEPS
from huiyin.kernel.call import Call


def take_step(call: Call, case_id: int, verb: str, **values: Any) -> Any:
    """Takes the step ``verb`` (:data:`STEPS`) with the keyword arguments of its action, inside the caller's own."""
    return STEPS[verb](call, case_id, **values)
