"""Jobs of the visits room: falling due, lapsing, replacing, late records."""

from __future__ import annotations

import logging
from datetime import date

from django.db import OperationalError
from procrastinate.contrib.django import app

from huiyin.foundation.calls import system_call
from huiyin.kernel.refusal import Refused
from huiyin.visits.actions.do_plan_work import do_plan_work
from huiyin.visits.actions.draw_due import draw_due, lapse
from huiyin.visits.actions.invite import invite
from huiyin.visits.actions.plan_invitations import plan_invitations
from huiyin.visits.actions.plan_week import plan_week
from huiyin.visits.actions.replace import replace_visit
from huiyin.visits.queries.invitations import steps_due
from huiyin.visits.queries.policies import is_set_up

log = logging.getLogger(__name__)
AT_ONCE = 500


@app.periodic(cron="5 * * * *")
@app.task(queueing_lock="draw_due_visits", pass_context=False)
def draw_due_visits(timestamp: int) -> int:
    """Every hour: visits that purchases owe appear, and undrawn ones lapse; takes all that is due, whenever it runs."""
    if not is_set_up():
        return 0
    lapse(system_call())
    return draw_due(system_call())


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="plan_invitations", pass_context=False)
def plan_visit_links(timestamp: int) -> int:
    """Every five minutes: the links of visits whose time comes today get their moment."""
    return plan_invitations(system_call()) if is_set_up() else 0


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="send_invitations", pass_context=False)
def send_visit_links(timestamp: int) -> int:
    """Every minute: links whose moment has come go out, waits that are over end; each in a transaction of its own."""
    return send_invitations()


def send_invitations() -> int:
    """Takes every step that is due; returns how many. One that fails is left for the next minute."""
    done, seen = 0, set[int]()
    while due := [each for each in steps_due(system_call().now, AT_ONCE) if each[0] not in seen]:
        for invitation, visit in due:
            seen.add(invitation)
            try:
                invite(system_call(), visit, invitation)
            except (Refused, OperationalError):
                log.exception("link of visit %s", visit)
            else:
                done += 1
    return done


@app.task(name="visits.draw_replacement", retry=3)
def draw_replacement(visit_id: int) -> None:
    """Draws another customer for a visit that could not be completed."""
    replace_visit(system_call(), visit_id)


@app.task(name="visits.plan_work", retry=3)
def plan_work(work_id: int) -> None:
    """Draws, plans again or publishes a week, as somebody asked; safe to run twice."""
    do_plan_work(system_call(), work_id)


@app.task(name="visits.plan_week", retry=3)
def plan_week_task(monday: str, seed: int, fill_up: bool = False) -> int:
    """Draws a week in the background; returns the draft's id."""
    return plan_week(system_call(), date.fromisoformat(monday), seed=seed, fill_up=fill_up).pk
