"""Jobs of the reports room."""

from __future__ import annotations

from procrastinate.contrib.django import app

from huiyin.foundation.calls import system_call
from huiyin.reports.actions.make_due import make_due


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="make_reports_due", pass_context=False)
def make_reports_due(timestamp: int) -> None:
    """Makes reports ahead every hour; what is there already stays as it is."""
    make_due(system_call())
