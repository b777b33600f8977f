"""Marks one's own notices as read."""

from __future__ import annotations

from huiyin.channels.models import StaffNotice
from huiyin.foundation.actions import Act, action


@action("channels.read_notices")
def read_notices(act: Act, notice_id: int | None = None) -> int:
    """Marks one of the actor's notices, or all, as read; others' notices are left alone. Returns how many changed."""
    mine = StaffNotice.objects.filter(staff_id=act.actor.id or 0, read_at=None)
    if notice_id is not None:
        mine = mine.filter(pk=notice_id)
    return mine.update(read_at=act.now)
