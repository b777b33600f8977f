"""The worker's rhythm: periodic jobs come as often as their room says."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from procrastinate.contrib.django import app

RHYTHM = {
    "huiyin.promises.tasks.sweep": timedelta(seconds=10),
    "huiyin.foundation.tasks.retry_stalled": timedelta(seconds=15),
    "huiyin.foundation.tasks.seal": timedelta(minutes=1),
}


@pytest.mark.parametrize("task", RHYTHM)
def test_a_periodic_job_comes_as_often_as_said(task: str) -> None:
    times = app.periodic_registry.periodic_tasks[task, ""].croniter
    times.set_current(datetime(2026, 9, 28, 9, 3, 7, tzinfo=UTC).timestamp())
    moments = [times.get_next(datetime) for _ in range(20)]
    assert {later - earlier for earlier, later in pairwise(moments)} == {RHYTHM[task]}
