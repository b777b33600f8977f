"""Jobs of the insights room."""

from __future__ import annotations

from procrastinate.contrib.django import app

from huiyin.foundation.calls import system_call
from huiyin.insights.actions.add_up import add_up


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="add_up_days", pass_context=False)
def add_up_days(timestamp: int) -> int:
    """Every ten minutes: adds up the days that are over and whose sums are missing or no longer hold, all of them."""
    return add_up(system_call())
