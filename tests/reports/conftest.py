"""A company whose week is over and whose report is due."""

from __future__ import annotations

import pytest

from huiyin.foundation.calls import system_call
from huiyin.reports.public import Report, make_due
from tests.conftest import Company, MovableClock
from tests.insights.conftest import full, week
from tests.insights.lifelike import Week

__all__ = ["full", "week"]


@pytest.fixture
def due(company: Company, clock: MovableClock) -> Report:
    """The weekly report of 28 September 2026, made ahead, on the Monday after at 10:00."""
    clock.set("2026-09-28T09:00")
    make_due(system_call())
    clock.set("2026-10-05T10:00")
    return Report.objects.get(kind="weekly")


@pytest.fixture
def due_full(full: Week, clock: MovableClock) -> Report:
    """The same report over a week of facts."""
    make_due(system_call())
    clock.set("2026-10-05T10:00")
    return Report.objects.get(kind="weekly")
