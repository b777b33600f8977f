"""A pooled connection that the server ended is noticed before it is used; one that stands is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection as ordinary
from psycopg import Connection

from huiyin.config.database import POOL
from huiyin.config.postgres.base import DatabaseWrapper


@pytest.fixture
def pooled(transactional_db: None) -> Iterator[DatabaseWrapper]:
    """Two connections of a pool of its own, as web processes have it; it does not grow while it fills."""
    pool = {**POOL, "min_size": 2, "max_size": 2}
    settings = {**ordinary.settings_dict, "OPTIONS": {**ordinary.settings_dict["OPTIONS"], "pool": pool}}
    wrapper = DatabaseWrapper(settings, alias="pooled")
    yield wrapper
    wrapper.close_pool()


def taken(wrapper: DatabaseWrapper) -> Connection[Any]:
    """A connection as a request gets it."""
    return wrapper.get_new_connection(wrapper.get_connection_params())


def end(process: int) -> None:
    """Ends a connection from the server's side, and waits until it is gone."""
    with ordinary.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [process])
        assert cursor.fetchone() == (True,)


def test_connections_that_the_server_ended_are_replaced_before_use(pooled: DatabaseWrapper) -> None:
    both = [taken(pooled), taken(pooled)]
    ended = {each.info.backend_pid for each in both}
    for each in both:
        pooled.pool.putconn(each)
    for process in ended:
        end(process)
    again = taken(pooled)
    assert again.execute("SELECT 1").fetchone() == (1,)
    assert again.info.backend_pid not in ended
    pooled.pool.putconn(again)


def test_a_word_from_the_server_that_waits_to_be_read_does_not_end_a_connection(pooled: DatabaseWrapper) -> None:
    listening = taken(pooled)
    standing = listening.info.backend_pid
    listening.execute("LISTEN something")
    pooled.pool.putconn(listening)
    with ordinary.cursor() as cursor:
        cursor.execute("NOTIFY something")
    both = [taken(pooled), taken(pooled)]
    assert standing in {each.info.backend_pid for each in both}
    for each in both:
        pooled.pool.putconn(each)
