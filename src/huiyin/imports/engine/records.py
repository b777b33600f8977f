"""Second half, before writing: complete records out of the spool, with the values read and bad rows left out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.db import connection

from huiyin.foundation.actions import Act
from huiyin.foundation.copying import copy_rows
from huiyin.imports.batch import Batch, Span, Table
from huiyin.imports.engine.checking import leave_out, read_values
from huiyin.imports.kinds import ImportKind
from huiyin.imports.models import ImportRun, RowError
from huiyin.imports.rules.cells import Reading
from huiyin.imports.rules.pieces import Piece, in_order

_EDGE = """
    SELECT min(first_row) FILTER (WHERE total > %s AND total > size)
      FROM (SELECT first_row, size, sum(size) OVER (ORDER BY first_row) AS total
              FROM imports_importpiece WHERE run_id = %s AND first_row > %s AND fresh) pieces
"""
_PIECES = """
    SELECT row_nos, firsts, width, cells FROM imports_importpiece
     WHERE run_id = %s AND first_row > %s AND first_row < %s ORDER BY first_row, last_row
"""
_END = 2**62


def next_pieces(run_id: int, after: int, size: int) -> list[Piece]:
    """About ``size`` rows that make complete records, those whose first row comes after ``after``; empty at the end."""
    with connection.cursor() as cursor:
        cursor.execute(_EDGE, [size, run_id, after])
        edge = cursor.fetchone()[0] or _END
        cursor.execute(_PIECES, [run_id, after, edge])
        return [Piece(*row) for row in cursor.fetchall()]


def reading_of(run: ImportRun, act: Act) -> Reading:
    """How doubtful values of this file are read."""
    try:
        zone = ZoneInfo(run.options.get("time_zone") or settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo(settings.TIME_ZONE)
    return Reading(time_zone=zone, now=act.now, date_order=run.options.get("date_order") or "ymd")


def make_batch(act: Act, run: ImportRun, kind: ImportKind, pieces: list[Piece]) -> Batch:
    """A batch of the records whose rows are all readable; the others are refused in it."""
    row_nos, firsts, columns = in_order(pieces)
    table, reading = Table(row_nos, columns), reading_of(run, act)
    mistakes = read_values(table, kind, run.mapping, len(run.columns), reading)
    batch = Batch(
        act=act,
        table=table,
        spans=list(_spans(firsts)),
        options=kind.chosen(run.options),
        reading=reading,
        mapped=frozenset(run.mapping),
        trial=run.trial,
        memory={},
    )
    leave_out(batch, mistakes)
    return batch


def _spans(firsts: list[int]) -> Iterator[Span]:
    edges = [place for place, (before, first) in enumerate(pairwise(firsts), start=1) if before != first]
    return pairwise([0, *edges, len(firsts)])


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
