"""Housekeeping of the worker: seals, stalled jobs, old keys."""

from __future__ import annotations

from datetime import timedelta

from asgiref.sync import async_to_sync
from procrastinate.contrib.django import app

from huiyin.foundation import clock
from huiyin.foundation.lifeline import retry_orphans
from huiyin.foundation.models import Once
from huiyin.foundation.seals import seal_journals

KEYS_KEPT = timedelta(days=7)


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="seal", pass_context=False)
def seal(timestamp: int) -> None:
    """Seals the journal every minute."""
    seal_journals(clock.now())


@app.periodic(cron="* * * * * */15")  # the sixth field is seconds
@app.task(queueing_lock="retry_stalled", pass_context=False)
def retry_stalled(timestamp: int) -> int:
    """Every 15 seconds: the jobs of workers that died and did not come back go to those that live."""
    return retry_orphans()


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="tidy", pass_context=False)
def tidy(timestamp: int) -> None:
    """Forgets idempotency keys and finished jobs after a week."""
    Once.objects.filter(at__lt=clock.now() - KEYS_KEPT).delete()
    async_to_sync(app.job_manager.delete_old_jobs)(nb_hours=int(KEYS_KEPT.total_seconds() // 3600))
