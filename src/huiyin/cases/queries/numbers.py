"""Numbers of cases: GD, the day, and a running number of that day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection
from django.utils import timezone


def next_number(moment: datetime) -> str:
    """The next free number of the day of ``moment`` in the company's zone, such as GD20260928-0001.

    Numbers come from a sequence, so that no two cases wait for each other; a case that is not saved leaves a gap.
    """
    day = _day(moment)
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('cases_number') - base + 1 FROM cases_caseday WHERE day = %s", [day])
        row = cursor.fetchone()
        if row is None:
            cursor.execute(
                "INSERT INTO cases_caseday (day, base) VALUES (%s, nextval('cases_number')) ON CONFLICT DO NOTHING"
                " RETURNING 1",
                [day],
            )
            row = cursor.fetchone()
        if row is None:
            return next_number(moment)
    return f"GD{day:%Y%m%d}-{row[0]:04d}"


def next_numbers(moments: Sequence[datetime]) -> list[str]:
    """A free number for each moment, as :func:`next_number` gives, in three statements."""
    days = [_day(moment) for moment in moments]
    with connection.cursor() as cursor:
        cursor.execute(_NEW_DAYS, [sorted(set(days))])
        unused = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT day, base FROM cases_caseday WHERE day = ANY(%s)", [sorted(set(days))])
        bases: dict[date, int] = dict(cursor.fetchall())
        cursor.execute("SELECT nextval('cases_number') FROM generate_series(1, %s)", [len(days)])
        values = [row[0] for row in cursor.fetchall()]
    numbers = []
    for day, value in zip(days, values, strict=True):
        running = 1 if day in unused else value - bases[day] + 1
        unused.discard(day)
        numbers.append(f"GD{day:%Y%m%d}-{running:04d}")
    return numbers


_NEW_DAYS = """
    INSERT INTO cases_caseday (day, base)
    SELECT day, nextval('cases_number') FROM unnest(%s::date[]) AS days (day)
     WHERE NOT EXISTS (SELECT FROM cases_caseday known WHERE known.day = days.day)
    ON CONFLICT DO NOTHING RETURNING day
"""


def _day(moment: datetime) -> date:
    return moment.astimezone(timezone.get_default_timezone()).date()
