"""First half: rows go from the file into the spool, each with the number of the first row of its record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from django.db import transaction

from huiyin.foundation.copying import copy_rows
from huiyin.imports.engine.calm import no_searching
from huiyin.imports.files import Limits, Unreadable, rows_of
from huiyin.imports.models import ImportPiece, ImportRun, RunState
from huiyin.imports.queries.runs import folder, kind_of, layout_of, limits
from huiyin.imports.rules.pieces import Piece, columns_of, keys_of, pieces_of
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

Row = tuple[int, list[str]]
TAKEN = 20_000
PIECE = 1_000


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
        with no_searching():
            piece = list(islice(rows, TAKEN))
            run = _keep(run, piece, firsts, bounds)
        told(run)
        if piece and not keep_going():
            return True
    return False


def _rows_after(run: ImportRun, bounds: Limits) -> Iterator[Row]:
    start = max(run.position, run.header_row)
    return (row for row in rows_of(folder() / run.file, layout_of(run), bounds) if row[0] > start)


def _keep(run: ImportRun, piece: Sequence[Row], firsts: Firsts, bounds: Limits) -> ImportRun:
    """Some rows into the spool, unless somebody else was there first; no row ends the reading."""
    with transaction.atomic():
        now = ImportRun.objects.select_for_update().get(pk=run.pk)
        if now.state != RunState.READING or now.position != run.position:
            return now if now.state != RunState.READING else _elsewhere(now)
        if now.stop_wanted:
            now.state = RunState.CANCELLED
        elif piece:
            _spool(now, firsts.place(piece, min(PIECE, bounds.batch_rows)))
            now.position, now.rows_read = piece[-1][0], now.rows_read + len(piece)
            _check_length(now, bounds)
        else:
            now.read_whole = True
            now.state = RunState.CHECKING if now.trial else RunState.WRITING
        now.save()
        return now


def _spool(run: ImportRun, pieces: Iterable[Piece]) -> None:
    copy_rows(
        ImportPiece,
        ("run_id", "first_row", "last_row", "fresh", "size", "row_nos", "firsts", "width", "cells"),
        (
            (run.pk, each.firsts[0], each.row_nos[-1], each.fresh, len(each.row_nos), _listed(each.row_nos),
             _listed(each.firsts), each.width, each.cells)
            for each in pieces
        ),
    )  # fmt: skip


def _listed(numbers: Sequence[int]) -> str:
    """Numbers as PostgreSQL writes a list of them."""
    return f"{{{','.join(map(str, numbers))}}}"


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
        self.width = len(run.columns)
        self.known: dict[int, int] = {}
        if run.position:
            for piece in pieces_so_far(run.pk):
                keys = keys_of(columns_of(piece), self.alternatives, len(piece.row_nos))
                self.known.update(
                    (key, first) for key, first in zip(keys, piece.firsts, strict=True) if key is not None
                )

    def place(self, rows: Sequence[Row], size: int) -> Iterator[Piece]:
        """The rows as the spool keeps them, up to ``size`` in a piece."""
        for start in range(0, len(rows), size):
            row_nos, cells = map(list, zip(*rows[start : start + size], strict=True))
            yield from pieces_of(row_nos, self._firsts(row_nos, cells), cells, self.width)

    def _firsts(self, row_nos: list[int], cells: list[list[str]]) -> list[int]:
        columns = {column: [row[column] if column < len(row) else "" for row in cells] for column in self._used}
        keys = keys_of(columns, self.alternatives, len(row_nos))
        return [
            row_no if key is None else self.known.setdefault(key, row_no)
            for row_no, key in zip(row_nos, keys, strict=True)
        ]

    @property
    def _used(self) -> set[int]:
        return {column for group in self.alternatives for column in group}


def pieces_so_far(run_id: int) -> Iterator[Piece]:
    """What is in the spool already."""
    rows = ImportPiece.objects.filter(run_id=run_id).order_by("first_row", "last_row")
    for row in rows.values_list("row_nos", "firsts", "width", "cells").iterator(chunk_size=20):
        yield Piece(*row)


def columns_of_groups(mapping: Mapping[str, int], group_by: Sequence[Sequence[str]]) -> list[list[int]]:
    """Column indexes of every alternative whose fields all have a column."""
    return [[mapping[code] for code in codes] for codes in group_by if all(code in mapping for code in codes)]
