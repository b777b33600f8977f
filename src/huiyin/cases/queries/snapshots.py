"""What a change leaves on a case, to be put back when nobody changed it since."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from huiyin.cases.models import Case

FIELDS = (
    "owner_id", "department_id", "involved", "topic", "kind", "needs_senior", "state", "waiting_for", "returns_to",
    "level", "level_rank", "level_by_id", "level_at", "level_reason", "severity", "reach", "emotion",
    "suggested_level", "suggested_because",
)  # fmt: skip


def snapshot(case: Case) -> dict[str, Any]:
    """The fields that changes touch, as JSON keeps them."""
    return {name: _plain(getattr(case, name)) for name in FIELDS}


def differences(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was and what is, of the fields that differ."""
    names = [name for name in FIELDS if before[name] != after[name]]
    return {name: before[name] for name in names}, {name: after[name] for name in names}


def as_field(name: str, value: Any) -> Any:
    """A kept value as the model's field takes it."""
    return datetime.fromisoformat(value) if name == "level_at" and value else value


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
