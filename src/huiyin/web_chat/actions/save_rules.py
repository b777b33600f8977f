"""Writes a new version of the chat's numbers."""

from __future__ import annotations

from datetime import date
from typing import Any

from huiyin.foundation.actions import Act, action
from huiyin.foundation.versions import demand_reason, new_version
from huiyin.web_chat.models import ChatRules
from huiyin.web_chat.rules.numbers import check_numbers


@action("web_chat.save_rules", needs="web_chat.change")
def save_rules(
    act: Act, *, data: dict[str, Any], effective_from: date, reason: str, expected: int | None = None
) -> ChatRules:
    """The numbers from a day on.

    Raises:
        Invalid: numbers out of their limits, no site's address, no reason. Conflict: somebody saved meanwhile.
    """
    check_numbers(data)
    why = demand_reason(reason)
    return new_version(act, ChatRules, {}, {"data": data}, effective_from=effective_from, reason=why, expected=expected)
