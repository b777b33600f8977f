"""Changes the numbers and checks of site visits: a change is a new version with a date and a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from huiyin.field_service.models import FieldRules
from huiyin.field_service.queries.rules import newest_rules, today_of
from huiyin.field_service.rules.numbers import CheckItem, checks_to, numbers_from, numbers_to
from huiyin.foundation.actions import Act, action
from huiyin.foundation.versions import SAME, demand_future, demand_reason, new_version
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import message


@action("field_service.change_rules", needs="field_service.change_rules")
def save_rules(
    act: Act,
    numbers: Mapping[str, Any],
    *,
    checks: Sequence[CheckItem],
    effective_from: date,
    reason: str,
    expected: int | None = None,
) -> FieldRules:
    """Saves numbers and checks as a new version from a day on; visits that are planned keep theirs.

    Raises:
        Invalid: a number lies outside its limits, the day has passed, or there is no reason; ``fields`` says which.
        Conflict: nothing differs, or somebody saved another version in the meantime.
    """
    last = newest_rules()
    content = {"numbers": numbers_to(numbers_from(numbers)), "checks": checks_to(checks)}
    why = demand_reason(reason)
    demand_future(effective_from, today_of(act.now))
    if content == {"numbers": numbers_to(last.field_numbers), "checks": last.checks} and expected in (
        None,
        last.version,
    ):
        raise Conflict(message(SAME, version=last.version))
    return new_version(act, FieldRules, {}, content, effective_from=effective_from, reason=why, expected=expected)
