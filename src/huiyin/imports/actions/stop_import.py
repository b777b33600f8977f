"""Stops a running import after the batch it is at; what was written stays, the rest can go on later."""

from __future__ import annotations

from huiyin.foundation.actions import Act, action
from huiyin.imports.models import ImportRun
from huiyin.imports.queries.runs import WORKING, runs_for
from huiyin.kernel.refusal import Conflict
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@action("imports.stop", needs="imports.run")
def stop_import(act: Act, run_id: int) -> ImportRun:
    """Asks the worker to stop.

    Raises:
        Conflict: it is not running.
    """
    run = act.lock(runs_for(act.actor), run_id)
    if run.state not in WORKING:
        raise Conflict(message(_("This import is not running.")))
    run.stop_wanted = True
    run.save(update_fields=["stop_wanted"])
    act.record(run)
    return run
