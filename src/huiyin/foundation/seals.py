"""Seals over the journal: each digest covers a stretch of rows and the seal before it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import OperationalError, connection, models, transaction
from psycopg import sql
from psycopg.errors import LockNotAvailable

from huiyin.foundation.models import ActEntry, RowChange, RowShape, Seal

SEALED: tuple[type[models.Model], ...] = (ActEntry, RowShape, RowChange)
STRETCH = 50_000
PATIENCE = "5s"
START = "0" * 64


@dataclass(frozen=True)
class BrokenSeal:
    """A stretch of the journal whose rows no longer give the digest that was sealed."""

    journal: str
    first_id: int
    last_id: int


def seal_journals(now: datetime) -> int:
    """Seals everything written so far; returns the number of seals made. Safe to run twice at once.

    A journal in which somebody writes for longer than five seconds is left for the next time.
    """
    return sum(_seal_if_calm(model._meta.db_table, now) for model in SEALED)


def _seal_if_calm(table: str, now: datetime) -> int:
    try:
        return _seal(table, now)
    except OperationalError as busy:
        if isinstance(busy.__cause__, LockNotAvailable):
            return 0
        raise


def _seal(table: str, now: datetime) -> int:
    upto = _settled(table)
    made = 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"seal {table}"])
        last = Seal.objects.filter(journal=table).order_by("-id").first()
        start, previous = (last.last_id + 1, last.digest) if last else (1, START)
        while start <= upto:
            end = min(start + STRETCH - 1, upto)
            rows, digest = _digest(table, start, end, previous)
            Seal.objects.create(
                at=now,
                journal=table,
                first_id=start,
                last_id=end,
                rows=rows,
                digest=digest,
                previous=previous,
            )
            start, previous, made = end + 1, digest, made + 1
    return made


def _settled(table: str) -> int:
    """The highest id below which no transaction is still writing: whoever holds the table in SHARE mode is alone."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
        cursor.execute(sql.SQL("LOCK TABLE {} IN SHARE MODE").format(sql.Identifier(table)))
        cursor.execute(sql.SQL("SELECT coalesce(max(id), 0) FROM {}").format(sql.Identifier(table)))
        return int(cursor.fetchone()[0])


def _digest(table: str, first: int, last: int, previous: str) -> tuple[int, str]:
    """SHA-256 over the previous digest and each row as canonical JSON text, in order of id."""
    total = hashlib.sha256(previous.encode())
    rows = 0
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("SELECT to_jsonb(j)::text FROM {} j WHERE id BETWEEN %s AND %s ORDER BY id").format(
                sql.Identifier(table)
            ),
            [first, last],
        )
        for (text,) in cursor:
            total.update(text.encode())
            rows += 1
    return rows, total.hexdigest()


def broken_seals() -> Iterator[BrokenSeal]:
    """Every sealed stretch that no longer matches its digest or its place in the chain."""
    for model in SEALED:
        table = model._meta.db_table
        yield from _before_all(table)
        previous, expected = START, 1
        for seal in Seal.objects.filter(journal=table).order_by("id"):
            rows, digest = _digest(table, seal.first_id, seal.last_id, previous)
            if (rows, digest, seal.first_id, seal.previous) != (seal.rows, seal.digest, expected, previous):
                yield BrokenSeal(table, seal.first_id, seal.last_id)
            previous, expected = seal.digest, seal.last_id + 1


def _before_all(table: str) -> Iterator[BrokenSeal]:
    """Rows slipped in under keys that no seal covers."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT min(id) FROM {} WHERE id < 1").format(sql.Identifier(table)))
        (first,) = cursor.fetchone()
    if first is not None:
        yield BrokenSeal(table, first, 0)
