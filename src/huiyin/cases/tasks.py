"""Jobs of the cases room."""

from __future__ import annotations

from procrastinate.contrib.django import app

from huiyin.cases.actions.forget_drafts import forget_drafts
from huiyin.foundation.calls import system_call


@app.periodic(cron="41 * * * *")
@app.task(queueing_lock="forget_case_drafts", pass_context=False)
def forget_case_drafts(timestamp: int) -> int:
    """Every hour: drafts that nobody came back to go; returns how many."""
    return forget_drafts(system_call())
