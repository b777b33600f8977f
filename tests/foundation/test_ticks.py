"""A clock set back does not stop the periodic jobs until it has caught up."""

from __future__ import annotations

import time

import pytest
from django.db import connection

from huiyin.foundation.ticks import forget_ticks_ahead

pytestmark = pytest.mark.django_db
_TAKE = """
    INSERT INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp) VALUES ('sweep', '', %s)
"""


def test_moments_ahead_are_forgotten_and_those_behind_are_kept() -> None:
    now = int(time.time())
    with connection.cursor() as cursor:
        cursor.executemany(_TAKE, [[now - 7200], [now + 7200], [now + 86_400]])
        assert forget_ticks_ahead() == 2
        assert forget_ticks_ahead() == 0
        cursor.execute("SELECT defer_timestamp FROM procrastinate_periodic_defers WHERE task_name = 'sweep'")
        assert cursor.fetchall() == [(now - 7200,)]
