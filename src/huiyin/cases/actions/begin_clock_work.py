"""Asks the worker to reckon running clocks anew, after a calendar or a policy has changed; stops it (SLA-6)."""

from __future__ import annotations

from procrastinate.contrib.django import app

from huiyin.cases.models import ClockWork, ClockWorkState, SlaPolicy
from huiyin.cases.queries.clock_works import cases_of, following
from huiyin.cases.queries.sla import company_day
from huiyin.cases.rules.needs import CHANGE_CLOCKS
from huiyin.foundation.actions import Act, action
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

TASK = "cases.reckon_clocks"


@action("cases.follow_calendar")
def follow_calendar(act: Act, code: str, version: int, reason: str, asked_by: int | None) -> ClockWork | None:
    """Work on the running clocks of policies that follow this calendar; None where no case has such a policy.

    Work that still waits for the same calendar takes the newer version up.
    """
    if not following(code):
        return None
    waiting = ClockWork.objects.select_for_update(skip_locked=True)
    work = waiting.filter(calendar=code, state=ClockWorkState.WAITING, seen=0).first()
    work = work or ClockWork(calendar=code, asked_at=act.now, effective_from=company_day(act.now))
    work.version, work.reason, work.asked_by_id = version, reason[:200], asked_by
    return _put(act, work)


def begin_for_policy(act: Act, row: SlaPolicy, reason: str) -> ClockWork:
    """Work on the cases under earlier versions of a policy, once the new one holds."""
    work = ClockWork(
        policy=row.code, version=row.version, asked_at=act.now, effective_from=row.effective_from, reason=reason[:200]
    )
    work.asked_by_id = act.actor.staff_id
    return _put(act, work)


def _put(act: Act, work: ClockWork) -> ClockWork:
    work.total = cases_of(work).count()
    work.save()
    act.record(work, reason=work.reason, version=work.version)
    if work.effective_from <= company_day(act.now):
        app.configure_task(TASK, lock=TASK).defer(work_id=work.pk)
    return work


@action("cases.stop_clock_work", needs=CHANGE_CLOCKS)
def stop_clock_work(act: Act, work_id: int) -> ClockWork:
    """Stops the work after its present slice; what it has moved stays moved.

    Raises:
        Conflict: it is not going on any more.
    """
    work = act.lock(ClockWork.objects.all(), work_id)
    if not work.working:
        raise Conflict(message(_("This work has ended already.")))
    work.state, work.stop_wanted, work.ended_at = ClockWorkState.CANCELLED, True, act.now
    work.save(update_fields=["state", "stop_wanted", "ended_at"])
    act.record(work, version=work.version)
    return work
