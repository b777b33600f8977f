"""Walks week after week: plan, publish, call by invented outcomes, draw replacements; and reads what came of it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")
FIRST, WEEKS = date(2010, 9, 6), 8
DONE, NO_ANSWER, WRONG = 0.70, 0.20, 0.07  # the rest refuses
SEED = 2010
QUESTIONS = ("product", "response", "staff", "process", "value")
ANSWERS = dict.fromkeys(QUESTIONS, 4)


def walk() -> list[dict[str, Any]]:
    """The weeks one after the other, each with its figures."""
    return [_week(FIRST + timedelta(weeks=number)) for number in range(WEEKS)]


def _week(monday: date) -> dict[str, Any]:
    from huiyin.foundation import clock
    from huiyin.foundation.calls import system_call
    from huiyin.visits.public import draw_due, lapse, plan_week, publish_plan

    clock.set_clock(datetime.combine(monday, datetime.min.time(), ZONE) - timedelta(hours=4))
    lapse(system_call())
    draw_due(system_call())
    began = time.process_time()
    plan = plan_week(system_call(), monday, seed=SEED)
    spent = time.process_time() - began
    publish_plan(system_call(), plan.pk)
    figures = {**_figures(plan), "processor_seconds": round(spent, 2)}
    _call(monday)
    return figures


def _figures(plan: Any) -> dict[str, Any]:
    from django.utils.translation import override

    from huiyin.visits.queries.plans import relaxed_in_words

    chosen = list(plan.choices.filter(chosen=True).select_related("visit__store"))
    because = Counter(code for each in chosen for code, _params in each.because)
    days = Counter(each.window_start.astimezone(ZONE).date().isoformat() for each in chosen if each.window_start)
    with override("en"):
        relaxed = relaxed_in_words(plan)
    own = Counter((each.visit.band, each.band) for each in chosen)
    sizes = Counter(each.visit.store.size for each in chosen)
    small = Counter(each.visit.store.name for each in chosen if each.visit.store.size == "small")
    return {
        "monday": plan.monday.isoformat(),
        "turn": plan.turn,
        "target": plan.target,
        "candidates": plan.candidates,
        "chosen": plan.chosen,
        "wanted": plan.band_targets,
        "filled": {f"{band}<{home}": count for (band, home), count in sorted(own.items())},
        "because": dict(because),
        "days": dict(sorted(days.items())),
        "sizes": dict(sizes),
        "small_stores": dict(small),
        "passed": plan.passed,
        "relaxed": relaxed,
        "gap": plan.gap,
    }


def _call(monday: date) -> None:
    """Calls whoever has the window, at each window of the week in turn; a second round for those to be tried again."""
    for start in _starts(monday):
        for minute in (2, 68):
            _calls_at(start + timedelta(minutes=minute))


def _starts(monday: date) -> Iterator[datetime]:
    from huiyin.foundation.calls import system_call
    from huiyin.visits.queries.hours import plan_week_of
    from huiyin.visits.queries.policies import rules_in_force

    for window in plan_week_of(rules_in_force(monday), monday, system_call().now).windows:
        yield window.start


def _calls_at(moment: datetime) -> None:
    from django.db.models import Q

    from huiyin.foundation import clock
    from huiyin.visits.public import Visit

    clock.set_clock(moment)
    waiting = Visit.objects.filter(state="planned", window_start__lte=moment, planned_on=moment.date())
    ready = waiting.filter(Q(again_at=None) | Q(again_at__lte=moment)).select_related("agent").order_by("pk")
    called: set[int] = set()
    while visits := [visit for visit in ready.all() if visit.pk not in called]:  # replacements come in as it goes
        called.update(visit.pk for visit in visits)
        for visit in visits:
            _dial(visit)


def _dial(visit: Any) -> None:
    from huiyin.foundation.calls import system_call
    from huiyin.kernel.call import Call
    from huiyin.kernel.refusal import Conflict
    from huiyin.organisation.public import actor_of
    from huiyin.visits.actions.complete import complete_visit
    from huiyin.visits.actions.log_attempt import log_attempt
    from huiyin.visits.actions.replace import replace_visit

    call, luck = Call(actor_of(visit.agent), system_call().now), Random(SEED * visit.pk).random()
    try:
        if luck < DONE:
            complete_visit(call, visit.pk, answers=ANSWERS)
        elif luck < DONE + NO_ANSWER:
            log_attempt(call, visit.pk, line="no_answer")
        elif luck < DONE + NO_ANSWER + WRONG:
            log_attempt(call, visit.pk, line="wrong_number")
        else:
            log_attempt(call, visit.pk, line="connected", business="refused")
    except Conflict:  # the contact rules say no: it stays planned
        return
    visit.refresh_from_db(fields=["state"])
    if visit.state in ("not_reached", "refused"):
        replace_visit(system_call(), visit.pk)
