"""Notices are rows; the page and the bell read them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from huiyin.channels.models import StaffNotice
from huiyin.kernel.words import Message
from huiyin.organisation.public import Staff


def tell_on_screen(
    at: datetime, staff_ids: Sequence[int], text: Message, page: str, args: Sequence[object]
) -> list[StaffNotice]:
    """Leaves one notice for each active person and returns them."""
    present = Staff.objects.filter(pk__in=staff_ids, is_active=True).order_by("pk")
    params = {name: _plain(value) for name, value in text.params.items()}
    notices = [
        StaffNotice(staff=one, text=text.text, params=params, page=page, args=list(args), at=at) for one in present
    ]
    return StaffNotice.objects.bulk_create(notices, batch_size=1_000)


def _plain(value: object) -> object:
    """A parameter as JSON keeps it."""
    return value if isinstance(value, (int, float, bool)) else str(value)
