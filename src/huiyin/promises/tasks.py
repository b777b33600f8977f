"""The sweep as a job of the worker."""

from __future__ import annotations

from procrastinate.contrib.django import app

from huiyin.foundation.calls import system_call
from huiyin.promises.actions.sweep import sweep_batch


@app.periodic(cron="* * * * * */10")  # the sixth field is seconds
@app.task(queueing_lock="sweep")
def sweep(timestamp: int) -> int:
    """Takes all that is due, every ten seconds; after an outage it catches up in one run."""
    return sweep_all()


def sweep_all() -> int:
    """Sweeps until nothing is due; returns how many steps were taken."""
    taken = 0
    while batch := sweep_batch(system_call()):
        taken += batch
    return taken
