"""Brings database and static files to this version; one machine at a time."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path
from typing import Any

import django
import psycopg
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection

from huiyin.config.embedded.use import server_at_hand

UPGRADE_LOCK = 0x48554959  # one number for all machines: "HUIY"
SECONDS_BETWEEN_TRIES = 0.2


def upgrade(home: Path) -> None:
    """Migrates, makes the cache's table, gives the application its rights, collects static files."""
    django.setup()
    if os.environ.get("DATABASE_URL"):
        _upgrade_database()
    else:
        with server_at_hand(home):
            _upgrade_database()
    collect_static()


def _upgrade_database() -> None:
    """Under an advisory lock of a connection of its own: a second machine waits, then finds everything done."""
    connection.ensure_connection()
    password = connection.settings_dict["PASSWORD"]
    with psycopg.connect(connection.connection.info.dsn, password=password, autocommit=True) as guard:
        take_turn(guard)
        _announce()
        call_command("createcachetable", verbosity=0)
        call_command("migrate", verbosity=0, interactive=False)
        _ship()
    connection.close()


def take_turn(guard: psycopg.Connection[Any]) -> None:
    """Takes the lock as soon as it is free, asking again and again on a connection without a transaction.

    A statement that waits inside PostgreSQL would be waited for by an index built concurrently: each for the other.
    """
    while guard.execute("SELECT pg_try_advisory_lock(%s)", [UPGRADE_LOCK]).fetchone() != (True,):
        time.sleep(SECONDS_BETWEEN_TRIES)


def _ship() -> None:
    """Adds what the product ships as data and is not there yet."""
    from huiyin.foundation.calls import system_call  # noqa: PLC0415 - Django is ready only now
    from huiyin.foundation.shipping import ship_all  # noqa: PLC0415

    ship_all(system_call())


def _announce() -> None:
    """Rows that a migration ships are the system's, not a stray statement's."""
    with connection.cursor() as cursor:
        cursor.execute("SET huiyin.actor = 'system'; SET huiyin.verb = 'migrate'")


def collect_static() -> None:
    """Copies, names and compresses static files where anything changed since the last time."""
    kept = Path(settings.STATIC_ROOT) / ".fingerprint"
    fingerprint = _fingerprint()
    if kept.exists() and kept.read_text() == fingerprint:
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    kept.write_text(fingerprint)


def _fingerprint() -> str:
    """Path, size and time of change of every static file."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = Path(storage.path(path)).stat()
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
