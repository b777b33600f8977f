"""Moves an import on, from whatever state it is in, until it is finished or its time is up."""

from __future__ import annotations

import logging
from collections.abc import Callable

from huiyin.imports.engine.batches import try_all, write_all
from huiyin.imports.engine.spool import read_file
from huiyin.imports.models import ImportPiece, ImportRun, RunState
from huiyin.kernel.call import Call
from huiyin.kernel.refusal import Refused
from huiyin.kernel.words import Message, message
from huiyin.kernel.words import gettext_noop as _

log = logging.getLogger(__name__)


def advance(
    call: Call,
    run_id: int,
    *,
    keep_going: Callable[[], bool] = lambda: True,
    told: Callable[[ImportRun], None] = lambda _run: None,
) -> bool:
    """Works until the import is finished, fails, is stopped, or ``keep_going`` says no between two batches.

    Returns whether something is left to do. ``told`` is called after each batch. A failure leaves the run in the
    state ``failed`` with a message; what was written stays, and starting it again goes on behind it.
    """
    try:
        return _advance(call, run_id, keep_going, told)
    except Refused as refusal:
        _stop(call, run_id, refusal.why)
    except Exception as error:
        log.exception("import %s stopped", run_id)
        _stop(call, run_id, message(_("Something unforeseen happened (%(what)s)."), what=type(error).__name__))
    told(ImportRun.objects.get(pk=run_id))
    return False


def _advance(call: Call, run_id: int, keep_going: Callable[[], bool], told: Callable[[ImportRun], None]) -> bool:
    state = ImportRun.objects.values_list("state", flat=True).get(pk=run_id)
    if state == RunState.READING:
        if read_file(run_id, keep_going, told):
            return True
        state = ImportRun.objects.values_list("state", flat=True).get(pk=run_id)
    if state == RunState.CHECKING:
        try_all(call, run_id, told)
    if state == RunState.WRITING:
        return write_all(call, run_id, keep_going, told)
    return False


def _stop(call: Call, run_id: int, why: Message) -> None:
    run = ImportRun.objects.get(pk=run_id)
    reading = run.state == RunState.READING
    ImportRun.objects.filter(pk=run_id).update(
        state=RunState.FAILED,
        finished_at=call.now,
        failure={"text": why.text, "params": {name: str(value) for name, value in why.params.items()}},
    )
    if reading:
        ImportPiece.empty([run_id])
        ImportRun.objects.filter(pk=run_id).update(position=0, rows_read=0)
