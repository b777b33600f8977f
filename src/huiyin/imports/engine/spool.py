"""First half: rows go from the file into the spool, each with the number of the first row of its record."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from django.db import connection, transaction

from huiyin.foundation.copying import copy_rows
from huiyin.imports.files import Limits, Unreadable, rows_of
from huiyin.imports.models import ImportRow, ImportRun, RunState
from huiyin.imports.queries.runs import folder, kind_of, layout_of, limits
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

Row = tuple[int, list[str]]
PIECE = 20_000


def read_file(run_id: int, keep_going: Callable[[], bool], told: Callable[[ImportRun], None]) -> bool:
    """Takes rows into the spool until the file ends or ``keep_going`` says no; returns whether something is left.

    What was taken and how far it got are committed together; a second reader at the same time changes nothing.

    Raises:
        Unreadable: the file is damaged or too long; nothing has been imported from it.
    """
    run = ImportRun.objects.get(pk=run_id)
    bounds = limits()
    firsts = Firsts(run)
    rows = _rows_after(run, bounds)
    while run.state == RunState.READING:
        piece = list(islice(rows, PIECE))
        run = _keep(run, piece, firsts, bounds)
        told(run)
        if piece and not keep_going():
            return True
    return False


def _rows_after(run: ImportRun, bounds: Limits) -> Iterator[Row]:
    start = max(run.position, run.header_row)
    return (row for row in rows_of(folder() / run.file, layout_of(run), bounds) if row[0] > start)


def _keep(run: ImportRun, piece: Sequence[Row], firsts: Firsts, bounds: Limits) -> ImportRun:
    """One piece into the spool, unless somebody else was there first; an empty piece ends the reading."""
    with transaction.atomic():
        now = ImportRun.objects.select_for_update().get(pk=run.pk)
        if now.state != RunState.READING or now.position != run.position:
            return now if now.state != RunState.READING else _elsewhere(now)
        if now.stop_wanted:
            now.state = RunState.CANCELLED
        elif piece:
            copy_rows(ImportRow, ("run_id", "first_row", "row_no", "key", "cells"), firsts.place(now.pk, piece))
            now.position, now.rows_read = piece[-1][0], now.rows_read + len(piece)
            _check_length(now, bounds)
        else:
            now.read_whole = True
            now.state = RunState.CHECKING if now.trial else RunState.WRITING
        now.save()
        return now


def _elsewhere(run: ImportRun) -> ImportRun:
    """Another worker reads this file: leave it to that one."""
    run.state = RunState.CANCELLED  # only here in memory, so that our loop ends
    return run


def _check_length(run: ImportRun, bounds: Limits) -> None:
    if run.rows_read > bounds.max_rows:
        raise Unreadable(message(_("The file has more than %(limit)s rows. Split it."), limit=bounds.max_rows))


class Firsts:
    """Remembers the first row of every record of a file: about a hundred bytes a record."""

    def __init__(self, run: ImportRun) -> None:
        self.alternatives = columns_of_groups(run.mapping, kind_of(run).group_by)
        self.known: dict[int, int] = {}
        if run.position:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT key, min(first_row) FROM imports_importrow WHERE run_id = %s AND key <> 0 GROUP BY key",
                    [run.pk],
                )
                self.known = dict(cursor.fetchall())

    def place(self, run_id: int, piece: Sequence[Row]) -> Iterator[tuple[int, int, int, int, str]]:
        """The rows as the spool keeps them."""
        for row_no, cells in piece:
            key = key_of(cells, self.alternatives)
            first = self.known.setdefault(key, row_no) if key else row_no
            yield run_id, first, row_no, key, json.dumps(cells, ensure_ascii=False)


def columns_of_groups(mapping: Mapping[str, int], group_by: Sequence[Sequence[str]]) -> list[list[int]]:
    """Column indexes of every alternative whose fields all have a column."""
    return [[mapping[code] for code in codes] for codes in group_by if all(code in mapping for code in codes)]


def key_of(cells: Sequence[str], alternatives: Sequence[Sequence[int]]) -> int:
    """A number for what makes rows one record: the first alternative without an empty cell; 0 when there is none."""
    for place, columns in enumerate(alternatives):
        values = [cells[column] if column < len(cells) else "" for column in columns]
        if all(values):
            text = "\x1f".join([str(place), *values])
            return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), signed=True) or 1
    return 0
