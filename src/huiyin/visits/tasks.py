"""Jobs of the visits room: falling due, lapsing, replacing, recordings that go."""

from __future__ import annotations

import logging
from datetime import date

from django.db import OperationalError
from procrastinate.contrib.django import app

from huiyin.channels.public import NotFetched, fetch_sound
from huiyin.foundation import clock
from huiyin.foundation.calls import system_call
from huiyin.kernel.refusal import Refused
from huiyin.visits.actions.do_plan_work import do_plan_work
from huiyin.visits.actions.draw_due import draw_due, lapse
from huiyin.visits.actions.invite import invite, put_off_link
from huiyin.visits.actions.plan_invitations import plan_invitations
from huiyin.visits.actions.plan_week import plan_week
from huiyin.visits.actions.remove_recordings import remove_marked, remove_old
from huiyin.visits.actions.replace import replace_visit
from huiyin.visits.actions.take_recording import settle_fetch
from huiyin.visits.queries.invitations import steps_due
from huiyin.visits.queries.policies import is_set_up
from huiyin.visits.queries.recordings import recording_numbers, to_fetch, waiting_recording

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
    """Takes every step that is due; returns how many. One that fails is put off and holds up no other."""
    done, seen = 0, set[int]()
    while due := [each for each in steps_due(system_call().now, AT_ONCE) if each[0] not in seen]:
        for invitation, visit in due:
            seen.add(invitation)
            try:
                invite(system_call(), visit, invitation)
            except (Refused, OperationalError):
                log.exception("link of visit %s", visit)
                put_off_link(system_call(), invitation)
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


@app.periodic(cron="23 2 * * *")
@app.task(queueing_lock="remove_old_recordings", pass_context=False)
def remove_old_recordings(timestamp: int) -> int:
    """Every night: recordings whose time is over go, with what a killed worker left; returns how many went."""
    return remove_old(system_call)


@app.task(name="visits.clear_recordings", retry=3)
def clear_recordings() -> int:
    """Deletes the files of recordings that nobody may hear any more."""
    return remove_marked(system_call)


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="fetch_recordings", pass_context=False)
def fetch_recordings(timestamp: int) -> int:
    """Fetches recordings that wait at an exchange; each try is settled by itself. Returns how many were tried."""
    return sum(fetch_now(pk) for pk in to_fetch(clock.now()))


@app.task(name="visits.fetch_recording")
def fetch_recording(recording_id: int) -> bool:
    """One recording as soon as its exchange offers it; what fails is tried again with the others."""
    return fetch_now(recording_id)


def fetch_now(recording_id: int) -> bool:
    """One try, outside of any transaction; False when there is nothing to fetch any more."""
    found = waiting_recording(recording_id)
    if found is None:
        return False
    content, for_good = None, False
    try:
        content = fetch_sound(found.exchange_id or 0, found.url, most_bytes=recording_numbers().most_bytes)
    except NotFetched as trouble:
        for_good = trouble.for_good
    return settle_fetch(system_call(), recording_id, content, for_good=for_good)
