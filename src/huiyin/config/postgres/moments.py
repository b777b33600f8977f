"""Moments as the database tells them, read in C; Django reads them in Python, to put any zone in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from psycopg import DataError, adapters
from psycopg.adapt import Buffer, Loader
from psycopg.pq import Format
from psycopg.types.datetime import TimestamptzLoader

KIND = "timestamptz"
QUICKEST: Any = (
    adapters.get_loader(adapters.types[KIND].oid, Format.TEXT) or TimestamptzLoader
)  # in C where it was built


FIRST = datetime(1, 1, 2, tzinfo=UTC)
"""The first moment that every time zone can tell."""


class Moments(Loader):
    """For connections that speak UTC, as all of ours do; a list of cases holds two hundred of them."""

    timezone = UTC
    """By which Django knows that a cursor needs no loader of its own."""

    def __init__(self, oid: int, connection: Any = None) -> None:
        super().__init__(oid, connection)
        self._reads = QUICKEST(oid, connection)

    def load(self, data: Buffer) -> Any:
        """A moment in UTC; one before Python's first day, as midnight of the year 1 in China, is read as the day after.

        Raises:
            DataError: otherwise outside of what Python's datetime holds, as ``infinity``.
        """
        try:
            return self._reads.load(data)
        except DataError:
            if bytes(data).endswith(b" BC"):
                return FIRST
            raise
