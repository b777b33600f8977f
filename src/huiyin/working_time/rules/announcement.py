"""When to say that next year's holidays are missing."""

from __future__ import annotations

from datetime import date

NOVEMBER = 11


def missing_year(announced_through: date, today: date, *, warn_from_month: int = NOVEMBER) -> int | None:
    """The first year whose holidays are missing, once it is time to say so; None while all is well.

    The state announces a year in November of the year before: from that month on, a missing next year is worth a
    word; a missing present year always is.
    """
    year = announced_through.year + 1
    due = year == today.year + 1 and today.month >= warn_from_month
    return year if year <= today.year or due else None
