"""The stage of a scenario: a running product, eyes on its database, and the means to kill."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg

from huiyin.config.embedded.places import Places
from tests.config.product import Product
from tests.config.waiting import is_alive, until

REPOSITORY = Path(__file__).resolve().parents[2]
STANDS = "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND relation = %s::regclass"


class Scene:
    """One product; every look at its database takes a fresh connection, for the server may just have died."""

    def __init__(self, product: Product) -> None:
        self.product = product
        self.ending: set[int] = set()

    def connect(self, **more: Any) -> psycopg.Connection[Any]:
        host = str(Places(self.product.home).socket_folder)
        return psycopg.connect(host=host, dbname="huiyin", user="huiyin_owner", autocommit=True, **more)

    def rows(self, query: str, *params: object) -> list[Any]:
        with self.connect() as connection:
            return connection.execute(query, params).fetchall()

    def one(self, query: str, *params: object) -> Any:
        """The first value of the first row."""
        found = self.rows(query, *params)
        return found[0][0] if found else None

    def until(self, query: str, *params: object, seconds: float = 60) -> Any:
        """Waits until a query gives a true value; a server that is down gives none."""

        def value() -> Any:
            with suppress(psycopg.OperationalError):
                return self.one(query, *params)

        return until(value, f"{query} {params}; it said: {self.product.output()}", seconds)

    def do(self, *words: str) -> Any:
        """Runs a verb of ``inside`` and returns its answer."""
        done = subprocess.run(
            [sys.executable, "-m", "tests.crash.inside", *words],
            env={**self.product.environment, "DJANGO_SETTINGS_MODULE": "huiyin.config.settings"},
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    @contextmanager
    def barrier(self, table: str) -> Iterator[Callable[[], None]]:
        """Lets nobody write into ``table`` meanwhile; the value waits until somebody stands there."""
        with suppress(psycopg.OperationalError), self.connect() as holder, holder.transaction():
            holder.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
            yield lambda: self.until(STANDS, table) and None

    def kill_worker(self) -> None:
        self._kill(self.product.pid_of("huiyin worker"))

    def kill_database(self) -> None:
        pid = self.product.database_pid
        assert pid is not None
        self._kill(pid)

    def kill_web(self) -> None:
        for pid, line in sorted(self.product.family().items()):
            if "granian" in line:
                self._kill(pid)

    def kill_supervisor(self) -> None:
        """The children are told by the system; they may still be ending, and answering, when this returns."""
        assert self.product.process is not None
        self.ending = set(self.product.family())
        self.product.process.kill()
        self.product.process.wait()

    def start_again(self) -> None:
        """Starts the product in the way of what is still ending, and waits until the new one is ready."""
        self.product.launch("start")
        until(lambda: not any(map(is_alive, self.ending)), "the old processes have ended")
        self.product.wait_until_ready()

    def _kill(self, pid: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        until(lambda: not is_alive(pid), "it is dead")

    def check_whole(self) -> None:
        """All parts are ready again, no job is left behind by a dead worker, and the journal agrees with the rows."""
        self.product.wait_until_ready()
        left = "SELECT count(*) = 0 FROM procrastinate_jobs WHERE status = 'doing' AND worker_id IS DISTINCT FROM ("
        self.until(left + "SELECT max(id) FROM procrastinate_workers)")
        assert self.rows("SELECT task_name FROM procrastinate_jobs WHERE status = 'failed'") == []
        verified = self.product.command("verify", "--json")
        assert json.loads(verified.stdout) == {"findings": []}
