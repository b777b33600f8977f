"""Jobs of the worker: visitors nobody answered, talks that fell silent."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from huiyin.foundation import clock
from huiyin.foundation.calls import system_call
from huiyin.web_chat.actions.make_case import miss_chat
from huiyin.web_chat.actions.take import end_idle
from huiyin.web_chat.queries.settings import numbers_on
from huiyin.web_chat.queries.talks import to_be_ended, to_be_missed

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="look_after_chats", pass_context=False)
def look_after_chats(timestamp: int) -> int:
    """Every minute; each talk in a transaction of its own, one that fails never stops the others."""
    return look_after_all()


def look_after_all() -> int:
    """Takes everything that is due; returns how many talks changed."""
    now = clock.now()
    numbers = numbers_on(now.date())
    missed = [_done(miss_chat, pk) for pk in to_be_missed(now, numbers.missed_after, numbers.left_after)]
    ended = [_done(end_idle, pk) for pk in to_be_ended(now, numbers.idle_after)]
    return sum(missed) + sum(ended)


def _done(verb: object, pk: int) -> bool:
    try:
        return bool(verb(system_call(), pk))  # type: ignore[operator]
    except Exception:
        log.exception("chat %s could not be looked after", pk)
        return False
