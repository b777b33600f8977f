"""Jobs of the promotions room: recipients recognised, people asked."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from huiyin.foundation import clock
from huiyin.foundation.calls import system_call
from huiyin.kernel.refusal import Refused
from huiyin.promotions.actions.ask_line import ask_line
from huiyin.promotions.actions.begin_check import begin_check
from huiyin.promotions.actions.recognise import recognise_some
from huiyin.promotions.actions.results import take_failure
from huiyin.promotions.queries.waiting import lines_to_ask, visits_in_vain

log = logging.getLogger(__name__)


@app.task(name="promotions.prepare", retry=3)
def prepare_list(list_id: int) -> None:
    """Recognises the recipients of a list handed in, draws whom to ask and asks those of today.

    It may run twice at once and be killed anywhere: each part is a transaction of its own.
    """
    while recognise_some(system_call(), list_id):
        pass
    if begin_check(system_call(), list_id):
        _ask(list_id)


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="ask_about_gifts", pass_context=False)
def ask_about_gifts(timestamp: int) -> None:
    """Every ten minutes: whose day has come is asked; a visit that somebody cancelled is no longer waited for."""
    for visit_id in visits_in_vain():
        take_failure(system_call(), visit_id)
    _ask()


def _ask(list_id: int | None = None) -> None:
    """One recipient that cannot be asked, for whatever reason, does not keep the others waiting."""
    for line_id in lines_to_ask(clock.now(), list_id):
        try:
            ask_line(system_call(), line_id)
        except Refused as refusal:
            log.warning("gift line %s was not asked: %s", line_id, refusal.why.text)
