"""A company with a week of facts."""

from __future__ import annotations

import pytest

from huiyin.foundation import events
from huiyin.foundation.calls import system_call
from huiyin.questionnaires.events import AnswersGiven
from huiyin.questionnaires.public import ship
from tests.conftest import Company, MovableClock
from tests.insights.lifelike import Week


@pytest.fixture
def week(company: Company, clock: MovableClock, monkeypatch: pytest.MonkeyPatch) -> Week:
    """An empty week to put facts into; answers open no cases here."""
    monkeypatch.setitem(events._listeners, AnswersGiven, [])
    ship(system_call())
    return Week(company, clock)


@pytest.fixture
def full(week: Week, clock: MovableClock) -> Week:
    """Monday 28 September 2026, seen on Friday: the numbers every test of the board knows."""
    for score in (5, 5, 4, 4, 3, 1):
        week.answer(score)
    week.answer({"product": 5, "response": 3, "staff": 4, "process": 4, "value": 3}, store="S02")
    for overall, recommend in ((5, 10), (4, 9), (2, 3)):
        week.answer({"overall": overall, "recommend": recommend}, form="quick")
    week.asked()
    week.visit("done", lines=("no_answer", "connected"))
    week.visit("done", lines=("connected",))
    week.visit("done", store="S02", lines=("connected",))
    week.visit("not_reached", lines=("no_answer", "busy"))
    week.visit("refused", lines=("connected",))
    week.visit("planned")
    first, second = week.case(settled=True), week.case(topic="attitude")
    third = week.case(topic="product", store="S02")
    week.case(topic="process", kind="suggestion")
    week.owe(first, 4, kept_after=2, kind="case.first_response")
    week.owe(second, 4, kept_after=8, kind="case.first_response")
    week.owe(third, 4, kept_after=1, kind="case.first_response")
    week.owe(first, 8, kept_after=4)
    week.owe(second, 8)
    week.owe(third, 80)
    clock.set("2026-10-02T12:00")
    return week
