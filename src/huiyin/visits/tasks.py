"""Jobs of the visits room: falling due, lapsing, replacing, late records."""

from __future__ import annotations

from datetime import date

from procrastinate.contrib.django import app

from huiyin.foundation.calls import system_call
from huiyin.visits.actions.draw_due import draw_due, lapse
from huiyin.visits.actions.plan_week import plan_week
from huiyin.visits.actions.replace import replace_visit
from huiyin.visits.queries.policies import is_set_up


@app.periodic(cron="5 * * * *")
@app.task(queueing_lock="draw_due_visits", pass_context=False)
def draw_due_visits(timestamp: int) -> int:
    """Every hour: visits that purchases owe appear, and undrawn ones lapse; takes all that is due, whenever it runs."""
    if not is_set_up():
        return 0
    lapse(system_call())
    return draw_due(system_call())


@app.task(name="visits.draw_replacement", retry=3)
def draw_replacement(visit_id: int) -> None:
    """Draws another customer for a visit that could not be completed."""
    replace_visit(system_call(), visit_id)


@app.task(name="visits.plan_week", retry=3)
def plan_week_task(monday: str, seed: int, fill_up: bool = False) -> int:
    """Draws a week in the background; returns the draft's id."""
    return plan_week(system_call(), date.fromisoformat(monday), seed=seed, fill_up=fill_up).pk
