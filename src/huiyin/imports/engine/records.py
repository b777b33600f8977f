"""Second half, before writing: complete records out of the spool, with the values read and bad rows left out."""

from __future__ import annotations

import json
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import connection

from huiyin.foundation.actions import Act
from huiyin.foundation.copying import copy_rows
from huiyin.imports.kinds import Batch, ImportKind, Line, Record, read_line
from huiyin.imports.models import ImportRun, RowError
from huiyin.imports.rules.cells import Reading
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

_EDGE = """
    SELECT first_row FROM imports_importrow WHERE run_id = %s AND first_row > %s
     ORDER BY first_row, row_no OFFSET %s LIMIT 1
"""
_NEXT_WHOLE = "SELECT min(first_row) FROM imports_importrow WHERE run_id = %s AND first_row > %s"
_ROWS = """
    SELECT first_row, row_no, cells FROM imports_importrow WHERE run_id = %s AND first_row > %s AND first_row <= %s
     ORDER BY first_row, row_no
"""


def next_records(run_id: int, after: int, size: int) -> list[Record]:
    """About ``size`` rows as complete records, those whose first row comes after ``after``; empty at the end."""
    with connection.cursor() as cursor:
        cursor.execute(_EDGE, [run_id, after, size])
        edge = cursor.fetchone()
        cursor.execute(_NEXT_WHOLE, [run_id, after])
        first = cursor.fetchone()[0]
        upto = max(edge[0] - 1, first) if edge else 2**62
        cursor.execute(_ROWS, [run_id, after, upto])
        return _grouped(cursor.fetchall())


def _grouped(rows: list[tuple[int, int, str]]) -> list[Record]:
    records: list[Record] = []
    present = None
    for first_row, row_no, cells in rows:
        if first_row != present:
            records.append(Record([]))
            present = first_row
        records[-1].lines.append(Line(row_no, json.loads(cells)))
    return records


def reading_of(run: ImportRun, act: Act) -> Reading:
    """How doubtful values of this file are read."""
    try:
        zone = ZoneInfo(run.options.get("time_zone") or settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo(settings.TIME_ZONE)
    return Reading(time_zone=zone, now=act.now, date_order=run.options.get("date_order") or "ymd")


def make_batch(act: Act, run: ImportRun, kind: ImportKind, records: list[Record]) -> Batch:
    """A batch of the records whose rows are all readable; the others are refused in it."""
    batch = Batch(
        act=act,
        records=[],
        options=kind.chosen(run.options),
        reading=reading_of(run, act),
        mapped=frozenset(run.mapping),
        trial=run.trial,
        memory={},
    )
    for record in records:
        if _readable(kind, run, record, batch):
            batch.records.append(record)
    return batch


def _readable(kind: ImportKind, run: ImportRun, record: Record, batch: Batch) -> bool:
    for line in record.lines:
        wrong = read_line(kind, line, run.mapping, batch.reading)
        if any(line.cells[len(run.columns) :]):
            wrong.append(("", message(_("The row has more cells than the table has headings."))))
        if wrong:
            field, why = wrong[0]
            batch.refuse(record, why, field=field, line=line)
            return False
    return True


def keep_refusals(run: ImportRun, batch: Batch) -> None:
    """Writes the rows left out, with their reasons, to the run."""
    copy_rows(
        RowError,
        ("run_id", "row_no", "field", "text", "params", "cells"),
        (
            (
                run.pk,
                refusal.line.row_no,
                refusal.field,
                refusal.why.text,
                json.dumps(dict(refusal.why.params), default=str, ensure_ascii=False),
                json.dumps(refusal.line.cells, ensure_ascii=False),
            )
            for refusal in batch.refused
        ),
    )
