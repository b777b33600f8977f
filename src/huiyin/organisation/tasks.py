"""Jobs of the organisation room."""

from __future__ import annotations

from procrastinate.contrib.django import app

from huiyin.foundation.calls import system_call
from huiyin.organisation.actions.tell_absences import tell_absences


@app.periodic(cron="25 * * * *")
@app.task(queueing_lock="tell_absences", pass_context=False)
def hand_over_work_of_absent(timestamp: int) -> int:
    """Every hour: what falls due while its owner is away goes to the stand-in, or back to the department."""
    return tell_absences(system_call())
