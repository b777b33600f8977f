"""Starts a trial run or the import itself, or goes on with one that was stopped."""

from __future__ import annotations

from procrastinate.contrib.django import app

from huiyin.foundation.actions import Act, action
from huiyin.imports.actions.map_columns import check_mapping
from huiyin.imports.kinds import import_kind
from huiyin.imports.models import ImportRun, RunState
from huiyin.imports.queries.runs import WORKING, runs_for
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

TASK = "imports.run"


@action("imports.start", needs="imports.run")
def start_import(act: Act, run_id: int, *, trial: bool, background: bool = True) -> ImportRun:
    """Puts the run to work; with ``background`` a worker does it, else the caller advances it.

    Raises:
        Conflict: it is running, is finished, or the encoding is still to be chosen.
    """
    run = act.lock(runs_for(act.actor), run_id)
    _check(run)
    going_on = not trial and not run.trial and run.applied_to > 0
    if not going_on:
        _from_the_start(run)
    run.trial, run.stop_wanted, run.failure = trial, False, {}
    run.started_at, run.finished_at = act.now, None
    run.state = RunState.READING
    if run.read_whole:
        run.state = RunState.CHECKING if trial else RunState.WRITING
    run.save()
    act.record(run, trial=trial, going_on=going_on)
    if background:
        app.configure_task(TASK, lock=f"import:{run.pk}").defer(run_id=run.pk)
    return run


def _check(run: ImportRun) -> None:
    if run.state in WORKING:
        raise Conflict(message(_("This import is running already.")))
    if run.state == RunState.DONE:
        raise Conflict(message(_("This import is finished.")))
    if not run.encoding and run.delimiter:
        raise Conflict(message(_("Choose the encoding of the file first.")))
    check_mapping(import_kind(run.kind), run.mapping, len(run.columns))


def _from_the_start(run: ImportRun) -> None:
    run.errors.all().delete()
    run.new = run.changed = run.same = run.wrong = run.rows_done = run.applied_to = 0
    run.beside = {}
