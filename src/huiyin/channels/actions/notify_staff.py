"""Tells people of the company something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from huiyin.channels.registry import Direction, channel_kinds
from huiyin.foundation.actions import Act, action
from huiyin.kernel.words import Message


@action("channels.notify_staff")
def notify_staff(
    act: Act, staff_ids: Iterable[int], text: Message, *, page: str = "", args: Sequence[object] = ()
) -> int:
    """Tells each active person once, over every channel to staff; ``page`` and ``args`` say where it leads.

    Returns how many notices were left.
    """
    people = list(dict.fromkeys(staff_ids))
    to_staff = [kind for kind in channel_kinds() if kind.direction is Direction.STAFF and kind.tell]
    return sum(kind.tell(act.now, people, text, page, args) for kind in to_staff if kind.tell) if people else 0
