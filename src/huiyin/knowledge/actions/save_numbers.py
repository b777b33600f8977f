"""Changes the numbers of reviews: a change is a new version with a date and a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from huiyin.foundation.actions import Act, action
from huiyin.foundation.versions import SAME, demand_future, demand_reason, new_version
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import message
from huiyin.knowledge.models import KnowledgeNumbers
from huiyin.knowledge.queries.numbers import newest_numbers, today_of
from huiyin.knowledge.rules.numbers import ReviewNumbers


@action("knowledge.save_numbers", needs="knowledge.manage")
def save_numbers(
    act: Act, numbers: Mapping[str, Any], *, effective_from: date, reason: str, expected: int | None = None
) -> KnowledgeNumbers:
    """Saves the numbers as a new version from a day on; articles keep the review dates they have.

    Raises:
        Invalid: the day has passed, or there is no reason.
        Conflict: nothing differs, or somebody saved another version in the meantime.
    """
    today = today_of(act.now)
    last, content = newest_numbers(today), ReviewNumbers.of(numbers).as_data()
    why = demand_reason(reason)
    demand_future(effective_from, today)
    if content == last.of_reviews.as_data() and expected in (None, last.version):
        raise Conflict(message(SAME, version=last.version))
    return new_version(
        act, KnowledgeNumbers, {}, {"numbers": content}, effective_from=effective_from, reason=why, expected=expected
    )
