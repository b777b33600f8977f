"""``huiyin worker``."""

from __future__ import annotations

import os

import click

from huiyin.config import health

SECONDS_TO_FINISH = 10.0  # how long jobs may go on after a stop was asked for


@click.command("worker")
@click.option("--jobs", type=click.IntRange(1), default=4, show_default=True, help="Jobs at the same time.")
def worker(jobs: int) -> None:
    """Run the worker alone, on a machine of its own."""
    os.environ["HUIYIN_DATABASE_POOL"] = "1"
    import django  # noqa: PLC0415 - settings read the environment set above

    django.setup()
    from procrastinate.contrib.django import app  # noqa: PLC0415

    from huiyin.foundation.lifeline import LivingJobManager, retry_orphans  # noqa: PLC0415
    from huiyin.foundation.ticks import forget_ticks_ahead  # noqa: PLC0415

    retry_orphans()
    forget_ticks_ahead()
    connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
    with app.replace_connector(connector) as working:
        working.job_manager = LivingJobManager(connector)
        working.run_worker(
            concurrency=jobs,
            shutdown_graceful_timeout=SECONDS_TO_FINISH,
            update_heartbeat_interval=health.HEARTBEAT.total_seconds(),
            stalled_worker_timeout=health.SILENCE.total_seconds() * 2,
        )


COMMAND = worker
