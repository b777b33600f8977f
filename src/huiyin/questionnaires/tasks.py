"""Jobs of the questionnaires room."""

from __future__ import annotations

from procrastinate.contrib.django import app

from huiyin.foundation.calls import system_call
from huiyin.questionnaires.actions.expire import expire


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="expire_askings", pass_context=False)
def expire_askings(timestamp: int) -> None:
    """Closes overdue askings every ten minutes; the page itself never waits for it."""
    expire(system_call())
