"""Changes the numbers of gift checks: a change is a new version with a date and a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from huiyin.foundation.actions import Act, action
from huiyin.foundation.versions import SAME, demand_future, demand_reason, new_version
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import message
from huiyin.promotions.models import GiftRules
from huiyin.promotions.queries.rules import newest_rules, today_of
from huiyin.promotions.rules.numbers import numbers_from, numbers_to


@action("promotions.change_rules", needs="promotions.change_rules")
def save_rules(
    act: Act,
    numbers: Mapping[str, Any],
    *,
    effective_from: date,
    reason: str,
    note: str = "",
    expected: int | None = None,
) -> GiftRules:
    """Saves the numbers as a new version from a day on; lists that were handed in keep theirs.

    ``expected`` is the version that was changed.

    Raises:
        Invalid: numbers contradict each other, the day has passed, or there is no reason; ``fields`` says which.
        Conflict: nothing differs, or somebody saved another version in the meantime.
    """
    today = today_of(act.now)
    last = newest_rules(today)
    content = numbers_to(numbers_from(numbers))
    why = demand_reason(reason)
    demand_future(effective_from, today)
    same = (content, note) == (numbers_to(last.gift_numbers), last.note)
    if same and expected in (None, last.version):
        raise Conflict(message(SAME, version=last.version))
    values = {"numbers": content, "note": note[:200]}
    return new_version(act, GiftRules, {}, values, effective_from=effective_from, reason=why, expected=expected)
