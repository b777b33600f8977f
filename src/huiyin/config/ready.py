"""A migrated database for the length of one command."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from huiyin.config.embedded.use import server_at_hand
from huiyin.config.problems import CannotStart
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@contextmanager
def ready_database(home: Path) -> Iterator[None]:
    """Sets Django up; without ``DATABASE_URL`` also has the embedded server run, with all migrations applied.

    Raises:
        CannotStart: there is no way to a database.
    """
    django.setup()
    if os.environ.get("DATABASE_URL"):
        yield
        return
    with server_at_hand(home) as started:
        try:
            if started and _behind():
                _migrate()
            yield
        finally:
            connections.close_all()


def _behind() -> bool:
    """Whether the database lacks migrations that this version has."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _migrate() -> None:
    """Migrates in a process of its own, which acts as the owner of the tables."""
    done = subprocess.run([sys.executable, "-m", "huiyin", "migrate"], check=False, stdout=sys.stderr)
    if done.returncode != 0:
        raise CannotStart(message(_("The step %(step)s failed; its message stands above."), step="migrate"))
