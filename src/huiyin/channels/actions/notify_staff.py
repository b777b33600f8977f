"""Tells people of the company something."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from huiyin.channels.actions.pass_on import pass_on
from huiyin.channels.queries.staff import anybody_is_told_elsewhere
from huiyin.channels.registry import Direction, channel_kinds
from huiyin.foundation.actions import Act, action
from huiyin.kernel.words import Message


@action("channels.notify_staff")
def notify_staff(
    act: Act, staff_ids: Iterable[int], text: Message, *, page: str = "", args: Sequence[object] = ()
) -> int:
    """Tells each active person once on the screen, and where they wish to be told besides; ``page`` and ``args`` say
    where it leads.

    Returns how many notices were left.
    """
    people = list(dict.fromkeys(staff_ids))
    to_staff = [kind for kind in channel_kinds() if kind.direction is Direction.STAFF and kind.tell]
    told = [
        notice for kind in to_staff if people and kind.tell for notice in kind.tell(act.now, people, text, page, args)
    ]
    if told and anybody_is_told_elsewhere():
        pass_on(act.call, told)
    return len(told)
