"""Jobs of the questionnaires room."""

from __future__ import annotations

from procrastinate.contrib.django import app

from huiyin.foundation.calls import system_call
from huiyin.questionnaires.actions.check_answers import AT_ONCE, check_answers
from huiyin.questionnaires.actions.expire import expire
from huiyin.questionnaires.actions.remind import remind
from huiyin.questionnaires.queries.reminders import reminders_due


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="expire_askings", pass_context=False)
def expire_askings(timestamp: int) -> None:
    """Closes overdue askings every ten minutes; the page itself never waits for it."""
    expire(system_call())


@app.periodic(cron="5-55/10 * * * *")
@app.task(queueing_lock="check_answers", pass_context=False)
def check_new_answers(timestamp: int) -> None:
    """Flags doubtful answers every ten minutes, all that were not checked yet (QST-5)."""
    while check_answers(system_call()) == AT_ONCE:
        pass


@app.periodic(cron="15 * * * *")
@app.task(queueing_lock="remind_askings", pass_context=False)
def remind_askings(timestamp: int) -> None:
    """Recalls unanswered links every hour, each once and in a transaction of its own (QST-6)."""
    for asking_id in reminders_due(system_call().now):
        remind(system_call(), asking_id)
