"""What a request asks to look at."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from django.conf import settings

from huiyin.foundation import clock
from huiyin.foundation.pages import Request
from huiyin.insights.queries.lens import Lens
from huiyin.insights.rules.periods import PeriodKind, period_of, read_period

LONGEST_ID = 18  # digits of the largest number the database counts to


def lens_of(request: Request) -> Lens:
    """The lens of ``?period=2026-W40&store=3``; without a period the present week.

    Raises:
        Invalid: there is no such period.
    """
    now = clock.now()
    today = now.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
    text = request.GET.get("period", "")
    period = read_period(text) if text else period_of(request.GET.get("by") or PeriodKind.WEEK, today)
    store = request.GET.get("store", "")
    return Lens(request.actor, period, now, int(store) if store.isdecimal() and len(store) <= LONGEST_ID else None)
