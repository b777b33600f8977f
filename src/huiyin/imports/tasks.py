"""The worker's part: imports in slices of seconds, and the tidying of files nobody needs any more."""

from __future__ import annotations

import time
from datetime import timedelta

from procrastinate.contrib.django import app

from huiyin.foundation import clock
from huiyin.imports.engine.advance import advance
from huiyin.imports.models import ImportPiece, ImportRun
from huiyin.imports.queries.runs import WORKING, folder
from huiyin.kernel.actor import SYSTEM
from huiyin.kernel.call import Call
from huiyin.organisation.public import actor_of

SLICE_SECONDS = 20
FILES_KEPT = timedelta(days=30)


@app.task(name="imports.run", pass_context=False)
def run_import(run_id: int) -> None:
    """Works on an import for some seconds and then queues the rest, so that no worker is held for long.

    It may run twice at once and be killed anywhere: each batch is ticked off in its own transaction.
    """
    run = ImportRun.objects.select_related("started_by").get(pk=run_id)
    actor = actor_of(run.started_by) if run.started_by else SYSTEM
    end = time.monotonic() + SLICE_SECONDS
    if advance(Call(actor=actor, now=clock.now()), run_id, keep_going=lambda: time.monotonic() < end):
        app.configure_task("imports.run", lock=f"import:{run_id}").defer(run_id=run_id)


@app.periodic(cron="41 3 * * *")
@app.task(queueing_lock="tidy_imports", pass_context=False)
def tidy_imports(timestamp: int) -> None:
    """Forgets files and spooled rows of imports that nobody touched for a month."""
    old = ImportRun.objects.filter(created_at__lt=clock.now() - FILES_KEPT).exclude(state__in=WORKING)
    ImportPiece.empty(old.values_list("pk", flat=True))
    for name in old.exclude(file="").values_list("file", flat=True):
        (folder() / name).unlink(missing_ok=True)
    old.update(file="", read_whole=False)
