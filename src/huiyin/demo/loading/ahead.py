"""The work that lies ahead: visits that purchases owe, and the published plans of this week and the next."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from huiyin.foundation.actions import Act
from huiyin.kernel.refusal import Invalid
from huiyin.visits.public import draw_due, monday_of, plan_week, publish_plan

SEED = 2026


def plan_ahead(act: Act) -> int:
    """Draws what is due and plans this week, where it still has a call window, and the next; returns how many."""
    draw_due(act.call)
    monday = monday_of(timezone.localtime(act.now).date())
    return sum(_publish(act, week) for week in (monday, monday + timedelta(days=7)))


def _publish(act: Act, monday: date) -> int:
    try:
        drawn = plan_week(act.call, monday, seed=SEED)
    except Invalid:  # the week's last window is over
        return 0
    return publish_plan(act.call, drawn.pk).chosen
