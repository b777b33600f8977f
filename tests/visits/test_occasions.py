"""Schedules, dates and groups make visits fall due, once each (VIS-3, VIS-7, VIS-8)."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st

from huiyin.foundation.calls import system_call
from huiyin.visits.actions.save_policy import save_policy, switch_policy
from huiyin.visits.models import Visit
from huiyin.visits.public import draw_due
from huiyin.visits.queries.policy_contents import content_of, newest_of
from huiyin.visits.rules.falling_due import DueDays
from huiyin.visits.rules.occasions import Occasion, Timing, occasion, period_start, timing_of
from tests.conftest import Company, MovableClock
from tests.visits.conftest import shanghai

TODAY = date(2026, 9, 15)


@pytest.mark.parametrize(
    ("timing", "today", "start"),
    [
        (Timing(3, "months"), date(2026, 9, 30), date(2026, 7, 1)),
        (Timing(3, "months"), date(2026, 10, 1), date(2026, 10, 1)),
        (Timing(1, "months"), date(2026, 2, 28), date(2026, 2, 1)),
        (Timing(6, "months"), date(2026, 12, 31), date(2026, 7, 1)),
        (Timing(7, "days"), date(2026, 9, 15), date(2026, 9, 14)),
        (Timing(7, "days"), date(2026, 9, 14), date(2026, 9, 14)),
    ],
)
def test_a_period_begins_on_its_first_day(timing: Timing, today: date, start: date) -> None:
    assert period_start(timing, today) == start


@given(st.integers(1, 366), st.sampled_from(["days", "months"]), st.dates(date(2001, 1, 1), date(2100, 1, 1)))
def test_periods_never_begin_in_the_future_and_only_move_forward(count: int, unit: str, today: date) -> None:
    timing = Timing(count, unit)
    start = period_start(timing, today)
    assert start <= today
    assert period_start(timing, start) == start
    assert period_start(timing, today + timedelta(days=1)) in (start, today + timedelta(days=1))


@pytest.mark.parametrize(("word", "months"), [("month", 1), ("quarter", 3), ("half_year", 6), ("year", 12)])
def test_schedules_of_older_versions_are_read(word: str, months: int) -> None:
    assert timing_of({"every": word}) == Timing(months, "months")


DAYS = DueDays(0, 0, 5)


@pytest.mark.parametrize(
    ("timing", "today", "found"),
    [
        (Timing(on=date(2026, 12, 24)), date(2026, 12, 9), None),
        (Timing(on=date(2026, 12, 24)), date(2026, 12, 10), date(2026, 12, 24)),
        (Timing(on=date(2026, 12, 24)), date(2026, 12, 29), date(2026, 12, 24)),
        (Timing(on=date(2026, 12, 24)), date(2026, 12, 30), None),
        (Timing(on=date(2020, 12, 30), yearly=True), date(2027, 1, 2), date(2026, 12, 30)),
        (Timing(on=date(2024, 2, 29), yearly=True), date(2027, 2, 20), date(2027, 2, 28)),
        (Timing(on=date(2026, 3, 1), yearly=True), date(2026, 12, 30), None),
    ],
)
def test_a_date_comes_two_weeks_ahead_once_or_every_year(timing: Timing, today: date, found: date | None) -> None:
    assert occasion("date", timing, DAYS, today) == (Occasion(found, found) if found else None)


def new_kind(company: Company, **values: Any) -> None:
    content = {
        "code": "care",
        "name_zh": "关怀回访",
        "questionnaire": "quick",
        "days_from": 0,
        "days_best": 0,
        "days_by": 10,
        **values,
    }
    save_policy(company.call("service_manager"), content, effective_from=TODAY, reason="试行", expected=0)


def test_a_quarter_owes_each_vip_one_visit_and_the_next_quarter_another(
    visiting: Company, buyer: Callable, clock: MovableClock
) -> None:
    buyer(days=40, tier="vip"), buyer(days=40)
    new_kind(visiting, trigger="schedule", every_count=3, every_unit="months", tiers=["vip"], days_by=89)
    assert (draw_due(system_call()), draw_due(system_call())) == (1, 0)
    visit = Visit.objects.get()
    assert (shanghai(visit.due_from), shanghai(visit.due_by)) == ("2026-07-01 00:00", "2026-09-29 00:00")
    assert (visit.kind, visit.band, visit.state, visit.sampled) == ("care", "5000", "due", False)
    Visit.objects.update(state="done")
    clock.set("2026-10-01 00:05")
    assert (draw_due(system_call()), draw_due(system_call())) == (1, 0)


@pytest.mark.parametrize(
    ("rule", "names"),
    [
        ({"tiers": ["vip"]}, {"新贵"}),
        ({"stores": ["S01"]}, {"新贵", "老客"}),
        ({"spent_from": "5000"}, {"新贵"}),
        ({"spent_below": "5000", "stores": ["S01"]}, {"老客"}),
        ({"bought_within_days": 10}, {"新贵", "无店"}),
        ({"silent_for_days": 180}, {"老客"}),
        ({"known_for_days": 180, "stores": ["S01"]}, {"老客"}),
        ({"tiers": ["vip"], "silent_for_days": 180}, set()),
    ],
)
def test_a_group_is_whom_all_its_rules_name(visiting: Company, buyer: Callable, rule: dict, names: set[str]) -> None:
    buyer(days=3, amount=8000, tier="vip", name="新贵")
    buyer(days=200, amount=900, name="老客")
    buyer(days=3, amount=100, name="无店", store=None)
    switch_policy(visiting.call("director"), "regular", active=False, reason="只看分组")
    new_kind(visiting, trigger="segment", **rule)
    draw_due(system_call())
    assert set(Visit.objects.values_list("customer__name", flat=True)) == names


def test_who_stays_in_a_group_is_visited_once_or_again_after_so_many_days(
    visiting: Company, buyer: Callable, clock: MovableClock
) -> None:
    buyer(days=60, tier="vip")
    new_kind(visiting, trigger="segment", tiers=["vip"], again_days=30)
    assert draw_due(system_call()) == 1
    Visit.objects.update(state="done")
    clock.set("2026-10-15 10:00")
    assert draw_due(system_call()) == 0
    clock.set("2026-10-17 10:00")
    assert draw_due(system_call()) == 1
    content = {**content_of(newest_of("care")), "again_days": None}
    save_policy(visiting.call("director"), content, effective_from=date(2026, 10, 17), reason="只访一次")
    Visit.objects.update(state="done")
    clock.set("2027-10-17 10:00")
    assert draw_due(system_call()) == 0


def test_a_kind_out_of_use_makes_nothing_fall_due(visiting: Company, buyer: Callable) -> None:
    buyer(days=40, tier="vip")
    new_kind(visiting, trigger="segment", tiers=["vip"])
    switch_policy(visiting.call("director"), "care", active=False, reason="暂停")
    assert draw_due(system_call()) == 0


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_make_one_visit_each(visiting: Company, buyer: Callable) -> None:
    for _ in range(20):
        buyer(days=40, tier="vip")
    new_kind(visiting, trigger="segment", tiers=["vip"])

    def draw() -> int:
        try:
            return draw_due(system_call())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        made = [each.result() for each in [pool.submit(draw), pool.submit(draw)]]
    assert sum(made) == Visit.objects.count() == 20
