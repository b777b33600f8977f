"""Until when a device is under warranty."""

from __future__ import annotations

import calendar
from datetime import date, timedelta


def warranty_end(bought_on: date, months: int) -> date | None:
    """The last day of a warranty of ``months`` from the day of purchase; None without a warranty.

    Bought on 31 January with one month: until the last day of February.
    """
    if months <= 0:
        return None
    year, month = divmod(bought_on.month - 1 + months, 12)
    year, month = bought_on.year + year, month + 1
    last = calendar.monthrange(year, month)[1]
    if bought_on.day > last:
        return date(year, month, last)
    return date(year, month, bought_on.day) - timedelta(days=1)
