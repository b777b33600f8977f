"""The practice's own numbers about handling a case, with their shipped defaults; versions of them are data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Conduct:
    """Numbers that guards and pages ask for: money in yuan, days as calendar days, sizes in bytes.

    ``declined_plan_days`` are working days until a declined plan has a new one, ``question_hours`` working hours until
    a customer's question is answered, ``remind_plan_hours`` hours after which a plan that was sent is brought to mind
    once (0: never), ``progress_days`` working days after which progress is told again and again (0: not at all);
    ``agree_words`` and ``decline_words`` are what counts as an answer by SMS or mail.
    """

    written_from_cost: Decimal = Decimal("0.01")
    written_over_days: int = 14
    planned_levels: frozenset[str] = frozenset({"important"})
    revisited_kinds: frozenset[str] = frozenset({"complaint", "repair", "installation", "return"})
    unreachable_attempts: int = 3
    unreachable_days: int = 2
    unreachable_ways: int = 1
    link_days: int = 90
    repeat_days: int = 90
    due_soon_minutes: int = 120
    feedback_per_hour: int = 5
    feedback_all_per_minute: int = 120
    attachment_bytes: int = 10 * 1024 * 1024
    attachments_a_case: int = 20
    feedback_files: int = 5
    feedback_same_minutes: int = 15
    link_words_per_hour: int = 20
    draft_days: int = 30
    declined_plan_days: int = 1
    question_hours: int = 8
    remind_plan_hours: int = 24
    progress_days: int = 3
    export_rows_at_once: int = 10_000
    paper_rows: int = 2_000
    export_days: int = 7
    agree_words: frozenset[str] = frozenset({"y", "yes", "同意", "确认", "agree", "agreed", "i agree", "confirm"})
    decline_words: frozenset[str] = frozenset({"n", "no", "不同意", "拒绝", "不接受", "decline", "i do not agree"})
    hotline: str = ""
    bulk_stop: int = 200
    bulk_most: int = 100_000
    bulk_undo_minutes: int = 30
    bulk_days: int = 90

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Conduct:
        """Reads stored values; what is missing keeps its default, what is unknown is ignored."""
        known = {
            field.name: _as(getattr(cls, field.name, None), data[field.name])
            for field in fields(cls)
            if field.name in data
        }
        return cls(**known)


def _as(default: object, value: Any) -> Any:
    if isinstance(default, Decimal):
        return Decimal(str(value))
    return frozenset(value) if isinstance(default, frozenset) else value
