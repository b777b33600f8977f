"""Jobs of the cases room: many cases changed, drafts that go, running clocks reckoned anew, old cases marked."""

from __future__ import annotations

import logging

from procrastinate.contrib.django import app

from huiyin.cases.actions.begin_clock_work import TASK
from huiyin.cases.actions.do_bulk import do_bulk
from huiyin.cases.actions.do_clock_work import ROUNDS, reckon_slice
from huiyin.cases.actions.export_table import forget_exports, write_export
from huiyin.cases.actions.forget_drafts import forget_drafts
from huiyin.cases.actions.mark_old import mark_slice
from huiyin.cases.actions.remind_plan import remind_plan
from huiyin.cases.queries.clock_works import works_to_do
from huiyin.cases.queries.exports import exports_to_write
from huiyin.cases.queries.open_plans import plans_to_remind
from huiyin.cases.queries.settings import conduct_at
from huiyin.cases.queries.sla import company_day
from huiyin.foundation import clock
from huiyin.foundation.calls import system_call
from huiyin.kernel.refusal import Refused
from huiyin.working_time.public import calendar_of, is_open

EXPORT = "cases.write_table"
log = logging.getLogger(__name__)

WAIT = 5
"""Seconds until cases that somebody was working on are asked again."""


@app.task(name="cases.do_bulk", retry=5)
def do_bulk_work(work_id: int) -> None:
    """Changes many cases, as somebody asked; safe to run twice, and to be killed anywhere."""
    do_bulk(system_call, work_id)


@app.periodic(cron="41 * * * *")
@app.task(queueing_lock="forget_case_drafts", pass_context=False)
def forget_case_drafts(timestamp: int) -> int:
    """Every hour: drafts that nobody came back to go; returns how many."""
    return forget_drafts(system_call())


@app.task(name=TASK, retry=3)
def reckon_clocks(work_id: int, rounds: int = 0) -> None:
    """Reckons running clocks anew slice by slice; safe to run twice, and after being killed."""
    if reckon_through(work_id, rounds=rounds) and rounds < ROUNDS:
        later = app.configure_task(TASK, lock=TASK, schedule_in={"seconds": WAIT})
        later.defer(work_id=work_id, rounds=rounds + 1)


def reckon_through(work_id: int, *, rounds: int = 0) -> bool:
    """Slices until nothing is left but what somebody is working on; whether there is such."""
    while (done := reckon_slice(system_call(), work_id, rounds=rounds)).more:
        if not done.cases:
            return True
    return False


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="start_clock_works", pass_context=False)
def start_clock_works(timestamp: int) -> int:
    """Every five minutes: takes up work whose day has come, and work that a crash left; returns how many."""
    works = works_to_do(company_day(clock.now()))
    for work_id in works:
        app.configure_task(TASK, lock=TASK, queueing_lock=f"{TASK}:{work_id}").defer(work_id=work_id)
    return len(works)


@app.periodic(cron="*/20 * * * *")
@app.task(queueing_lock="remind_of_plans", pass_context=False)
def remind_of_plans(timestamp: int) -> int:
    """In working time: customers who have not answered a plan are reminded once, as the numbers of conduct say."""
    now = clock.now()
    hours = conduct_at(now).remind_plan_hours
    if not hours or not is_open(calendar_of("standard"), now):
        return 0
    return sum(_reminded(case_id) for case_id in plans_to_remind(now, hours))


def _reminded(case_id: int) -> bool:
    """One that cannot be told does not keep the others waiting."""
    try:
        return remind_plan(system_call(), case_id)
    except Refused:
        log.warning("the reminder of the plan of case %s was not sent", case_id)
        return False


@app.periodic(cron="17 2 * * *")
@app.task(queueing_lock="mark_old_cases", pass_context=False)
def mark_old_cases(timestamp: int) -> int:
    """Every night: cases without marks of likeness get them; returns how many slices there were."""
    slices, below = 0, mark_slice()
    while below is not None:
        slices, below = slices + 1, mark_slice(below=below)
    return slices


@app.task(name=EXPORT, retry=3)
def write_table(export_id: int) -> None:
    """Writes one long tracking table; safe to run twice, and after being killed."""
    write_export(export_id, clock.now())


def defer_export(export_id: int) -> None:
    """Asks the worker for it."""
    app.configure_task(EXPORT, lock=f"{EXPORT}:{export_id}").defer(export_id=export_id)


@app.periodic(cron="23 * * * *")
@app.task(queueing_lock="tend_exports", pass_context=False)
def tend_exports(timestamp: int) -> int:
    """Every hour: files whose days are over go, and what a crash left is taken up; returns how many were taken up."""
    forget_exports(clock.now())
    left = exports_to_write()
    for export_id in left:
        defer_export(export_id)
    return len(left)
