"""Django's PostgreSQL; whether a pooled connection still stands is seen at its socket, moments are read in C.

``CONN_HEALTH_CHECKS`` sends an empty statement with every request: a fifteenth of what a list of cases takes. A server
that went away, or sent this connection away, has closed the socket or left its reason there to be read.
"""

from __future__ import annotations

import select
from datetime import UTC
from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection, OperationalError
from psycopg_pool import ConnectionPool

from huiyin.config.postgres.moments import KIND, Moments


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, except for moments, and that a pooled connection which ended is given back and another one taken."""

    def get_connection_params(self) -> dict[str, Any]:
        """Django's, with moments read in C where the connection speaks UTC."""
        params: dict[str, Any] = super().get_connection_params()
        if self.timezone is UTC:
            params["context"].register_loader(KIND, Moments)
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection[Any]:
        """A connection that stands; of a pool at most all are tried, then the pool makes new ones."""
        connection: Connection[Any] = super().get_new_connection(conn_params)
        for _each in range(self.pool.max_size if self.pool else 0):
            if stands(connection):
                break
            connection.close()
            self.pool.putconn(connection)
            connection = super().get_new_connection(conn_params)
        return connection


def stands(connection: Connection[Any]) -> bool:
    """Whether the server is still at the other end: asked only when something lies there unread."""
    if connection.closed:
        return False
    at_socket = select.poll()
    at_socket.register(connection.fileno(), select.POLLIN)
    if not at_socket.poll(0):
        return True
    try:
        ConnectionPool.check_connection(connection)
    except OperationalError:
        return False
    return True
