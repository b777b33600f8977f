"""Jobs of dead workers go back into the queue; those of living workers stay."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection
from procrastinate.contrib.django.utils import connector_params

from huiyin.foundation.lifeline import LOCKS, retry_orphans

pytestmark = pytest.mark.django_db(transaction=True)


def first(query: str, *params: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        found = cursor.fetchone() if cursor.description else None
        return found[0] if found else None


def a_job(worker: object, status: str = "doing", twin: str | None = None) -> object:
    query = (
        "INSERT INTO procrastinate_jobs (task_name, queue_name, priority, args, status, worker_id, queueing_lock)"
        " VALUES ('t', 'default', 0, '{}', %s, %s, %s) RETURNING id"
    )
    return first(query, status, worker, twin)


def status(job: object) -> object:
    return first("SELECT status::text FROM procrastinate_jobs WHERE id = %s", job)


@pytest.fixture(autouse=True)
def _no_jobs_of_others() -> None:
    first("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


@pytest.fixture
def worker() -> object:
    return first("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")


@pytest.fixture
def living(worker: object) -> Iterator[object]:
    with psycopg.connect(**connector_params(), autocommit=True) as lifeline:
        lifeline.execute("SELECT pg_advisory_lock(%s, %s)", [LOCKS, worker])
        yield worker


def test_a_job_whose_worker_lost_its_lock_is_done_again(worker: object) -> None:
    job = a_job(worker)
    assert (retry_orphans(), status(job)) == (1, "todo")
    assert retry_orphans() == 0


def test_a_job_of_a_living_worker_is_left_alone(living: object) -> None:
    job = a_job(living)
    assert (retry_orphans(), status(job)) == (0, "doing")


def test_a_worker_silent_for_a_minute_is_dead_though_its_lock_stands(living: object) -> None:
    job = a_job(living)
    first("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '61 seconds' RETURNING id")
    assert (retry_orphans(), status(job)) == (1, "todo")


def test_a_job_whose_twin_waits_already_is_dropped_and_does_not_hold_up_the_others(worker: object) -> None:
    twin = a_job(None, "todo", "sweep")
    dead = a_job(worker, twin="sweep")
    other = a_job(worker)
    assert (retry_orphans(), status(dead), status(twin), status(other)) == (2, "aborted", "todo", "todo")
