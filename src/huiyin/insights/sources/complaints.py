"""Promises about complaints by the day they were due; a hit was kept in time. They belong where the complaint does."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django.db.models import Min

from huiyin.insights.queries.lens import Lens
from huiyin.insights.rules.tally import Tally
from huiyin.insights.sources.source import DayRow, Source
from huiyin.promises.public import Promise


def reads(lens: Lens) -> Iterator[DayRow]:
    """Due, and kept in time; joined to their complaints by hand, as no foreign key names the subject.

    Each promise looks its case up (``OFFSET 0`` keeps it so): a day's promises are few beside all complaints ever.
    """
    owed, owed_params = lens.stages_due().values("due_at", "subject_id", "state", "broken_at").query.sql_with_params()
    cases, case_params = lens.complaints().values("id", "department_id", "store_id").query.sql_with_params()
    statement = f"""
        SELECT (owed.due_at AT TIME ZONE %s)::date, complaint.department_id, complaint.store_id,
               count(*), count(*) FILTER (WHERE owed.state = 'kept' AND owed.broken_at IS NULL)
          FROM ({owed}) AS owed
          JOIN LATERAL (SELECT * FROM ({cases}) AS each WHERE each.id = owed.subject_id OFFSET 0) AS complaint ON true
         GROUP BY 1, 2, 3
    """  # noqa: S608 - both parts are querysets, their values are parameters
    with connection.cursor() as cursor:
        cursor.execute(statement, [settings.TIME_ZONE, *owed_params, *case_params])
        for day, department, store, n, hits in cursor.fetchall():
            yield DayRow("complaints", "complaints", day, department, store, Tally(n, hits))


SOURCE = Source("complaints", first=lambda: Promise.objects.aggregate(at=Min("due_at"))["at"], reads=reads)
