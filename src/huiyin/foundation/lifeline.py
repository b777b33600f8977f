"""How a worker's death is known at once: each holds a lock of its own in the database for as long as it lives."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Any

import psycopg
from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django.utils import connector_params
from procrastinate.manager import JobManager

LOCKS = 0x776F726B  # the lock space of workers; the second key is the worker's number
SILENT_SECONDS = 60  # a worker whose machine is gone may hold its lock; without a heartbeat for so long it is dead
DATABASE_GONE = 75  # exit code

_REGISTER = """
    WITH me AS (SELECT worker_id FROM procrastinate_register_worker_v1())
    SELECT worker_id, pg_advisory_lock(%s, worker_id::int) FROM me
"""
_ORPHANS = """
    SELECT j.id FROM procrastinate_jobs j LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
     WHERE j.status = 'doing'
       AND (w.id IS NULL OR w.last_heartbeat < now() - make_interval(secs => %s) OR NOT EXISTS (
            SELECT FROM pg_locks l JOIN pg_database d ON d.oid = l.database
             WHERE l.locktype = 'advisory' AND d.datname = current_database()
               AND l.classid::bigint = %s AND l.objid::bigint = w.id AND l.granted))
     ORDER BY j.id
       FOR UPDATE OF j SKIP LOCKED
"""
_RETRY = "SELECT procrastinate_retry_job_v2(%s, now(), NULL, NULL, NULL)"
_DROP = "SELECT procrastinate_finish_job_v1(%s, 'aborted', false)"


def retry_orphans() -> int:
    """Puts the jobs of dead workers back into the queue; returns how many there were.

    Jobs are idempotent, so a second run does no harm. A job whose twin waits already (``queueing_lock``) is dropped:
    the twin does its work. Safe to run twice at once.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_ORPHANS, [SILENT_SECONDS, LOCKS])
        orphans = [row[0] for row in cursor.fetchall()]
        for job in orphans:
            try:
                with transaction.atomic():
                    cursor.execute(_RETRY, [job])
            except IntegrityError:
                cursor.execute(_DROP, [job])
    return len(orphans)


class LivingJobManager(JobManager):
    """Registers a worker together with its lock, on a connection that lives and dies with the process.

    When the connection breaks, the database went away under every running job: the worker ends on the spot, as a crash
    would end it, so that no living worker is ever taken for a dead one and its jobs are done again from a sound state.
    """

    _lifeline: psycopg.AsyncConnection[Any] | None = None

    async def register_worker(self) -> int:
        """Takes a number and the lock of that number in one step."""
        params = {**connector_params(), "autocommit": True}
        self._lifeline = await psycopg.AsyncConnection.connect(**params)
        found = await (await self._lifeline.execute(_REGISTER, [LOCKS])).fetchone()
        assert found is not None  # noqa: S101 - registering always gives a row
        asyncio.get_running_loop().add_reader(self._lifeline.fileno(), self._look)
        return int(found[0])

    async def unregister_worker(self, worker_id: int) -> None:
        """Gives the number and its lock back."""
        await super().unregister_worker(worker_id)
        if self._lifeline is not None:
            asyncio.get_running_loop().remove_reader(self._lifeline.fileno())
            await self._lifeline.close()

    def _look(self) -> None:
        """Something came over the lifeline: a word of the server, or its end."""
        assert self._lifeline is not None  # noqa: S101 - we are its reader
        try:
            self._lifeline.pgconn.consume_input()
        except psycopg.OperationalError:
            print("worker: the database went away", file=sys.stderr, flush=True)  # noqa: T201
            os._exit(DATABASE_GONE)
