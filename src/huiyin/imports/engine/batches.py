"""Second half: one batch of complete records is written and ticked off in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from django.db import transaction
from django.db.utils import IntegrityError, OperationalError

from huiyin.foundation.actions import Act, action
from huiyin.imports.batch import Batch
from huiyin.imports.engine.calm import no_searching
from huiyin.imports.engine.records import keep_refusals, make_batch, next_pieces
from huiyin.imports.models import ImportPiece, ImportRun, RunState
from huiyin.imports.queries.runs import kind_of, limits
from huiyin.imports.rules.pieces import Piece
from huiyin.kernel.call import Call

TRIES = 3
COUNTED = ("state", "finished_at", "new", "changed", "same", "wrong", "beside", "rows_done", "applied_to")
Told = Callable[[ImportRun], None]


def write_all(call: Call, run_id: int, keep_going: Callable[[], bool], told: Told) -> bool:
    """Writes batch after batch until nothing is left or ``keep_going`` says no; returns whether something is left."""
    size = limits().batch_rows
    while True:
        run = write_patiently(call, run_id, size)
        told(run)
        if run.state != RunState.WRITING:
            return False
        if not keep_going():
            return True


def write_patiently(call: Call, run_id: int, size: int) -> ImportRun:
    """Writes one batch; when somebody else wrote the same record at the same moment, looks again and repeats."""
    for attempt in range(TRIES):
        try:
            with no_searching():
                return write_batch(call, run_id, size)
        except (IntegrityError, OperationalError):
            if attempt == TRIES - 1:
                raise
    raise AssertionError("unreachable")


@action("imports.write", needs="imports.run")
def write_batch(act: Act, run_id: int, size: int) -> ImportRun:
    """The next batch: its records, its refusals, the counts and the place where it ended, all or nothing."""
    run = ImportRun.objects.select_for_update().get(pk=run_id)
    if run.state != RunState.WRITING:
        return run
    pieces = [] if run.stop_wanted else next_pieces(run.pk, run.applied_to, size)
    if pieces:
        kind = kind_of(run)
        batch = make_batch(act, run, kind, pieces)
        kind.write(batch)
        keep_refusals(run, batch)
        _count(run, batch, pieces)
    else:
        _finish(run, act)
    run.save()
    return run


def _count(run: ImportRun, batch: Batch, pieces: list[Piece]) -> None:
    run.new += batch.new
    run.changed += batch.changed
    run.same += batch.same
    run.wrong += len(batch.refused)
    run.beside = dict(Counter(run.beside) + batch.beside)
    run.rows_done += len(batch.table.row_nos)
    run.applied_to = max(max(piece.firsts) for piece in pieces)


def _finish(run: ImportRun, act: Act) -> None:
    run.state = RunState.CANCELLED if run.stop_wanted else RunState.DONE
    run.finished_at = act.now
    act.record(run, new=run.new, changed=run.changed, same=run.same, wrong=run.wrong, state=run.state)
    if run.state == RunState.DONE:
        ImportPiece.empty([run.pk])


def try_all(call: Call, run_id: int, told: Told) -> None:
    """The trial run: the same work from the start without writing; what it counted replaces earlier counts."""
    run = ImportRun.objects.get(pk=run_id)
    _forget_counts(run)
    memory: dict[str, object] = {}
    size = limits().batch_rows
    while run.state == RunState.CHECKING:
        with no_searching():
            run = try_batch(call, run, size, memory)
        told(run)


@action("imports.try", needs="imports.run")
def try_batch(act: Act, run: ImportRun, size: int, memory: dict[str, object]) -> ImportRun:
    """The next batch of a trial; ``run`` carries the counts so far."""
    stop_wanted = ImportRun.objects.values_list("stop_wanted", flat=True).get(pk=run.pk)
    pieces = [] if stop_wanted else next_pieces(run.pk, run.applied_to, size)
    if pieces:
        batch = make_batch(act, run, kind_of(run), pieces)
        batch.memory = memory
        kind_of(run).write(batch)
        keep_refusals(run, batch)
        _count(run, batch, pieces)
    else:
        run.state = RunState.CANCELLED if stop_wanted else RunState.CHECKED
        run.finished_at = act.now
    run.save(update_fields=COUNTED)
    return run


@transaction.atomic
def _forget_counts(run: ImportRun) -> None:
    run.new = run.changed = run.same = run.wrong = run.rows_done = run.applied_to = 0
    run.beside = {}
    run.errors.all().delete()
    run.save(update_fields=COUNTED)
