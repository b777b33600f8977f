"""Opens a case that a person of the company, or a room above, has taken up."""

from __future__ import annotations

from typing import Any

from huiyin.cases.actions.opening import open_new
from huiyin.cases.models import Case
from huiyin.cases.rules.needs import NEEDS
from huiyin.cases.rules.new_case import NewCase
from huiyin.foundation.actions import Act, action


@action("cases.open", needs=NEEDS["open"])
def open_case(act: Act, /, *, kind: str, topic: str, channel: str, description: str, **more: Any) -> Case:
    """Opens a case; ``more`` are the other values of :class:`NewCase` (customer_id, emotion, level, source …).

    Raises:
        Invalid: values are missing or make no sense; nothing was saved.
    """
    return open_new(act, NewCase(kind=kind, topic=topic, channel=channel, description=description, **more))
