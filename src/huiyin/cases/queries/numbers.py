"""Numbers of cases: GD, the day, and a running number of that day."""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.utils import timezone


def next_number(moment: datetime) -> str:
    """The next free number of the day of ``moment`` in the company's zone, such as GD20260928-0001.

    Numbers come from a sequence, so that no two cases wait for each other; a case that is not saved leaves a gap.
    """
    day = moment.astimezone(timezone.get_default_timezone()).date()
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
