"""One run of the embedded server: start, ready, stop. It is our child and ends with us."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

import psycopg

from huiyin.config.children import has_exited, spawn, sweep_group
from huiyin.config.embedded.binaries import program
from huiyin.config.embedded.cluster import SUPERUSER, make_or_check
from huiyin.config.embedded.identity import identity
from huiyin.config.embedded.leftovers import clear_the_way, server_pid
from huiyin.config.embedded.options import LAPTOP, as_words
from huiyin.config.embedded.places import Places, prepare
from huiyin.config.embedded.roles import ensure_roles
from huiyin.config.problems import CannotStart
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

START_SECONDS = 15.0  # how long a stale postmaster.pid or a dying predecessor may stand in the way
RECOVERY_SECONDS = 300.0  # how long replaying the log after a crash may take
STOP_SECONDS = 30.0
LOG_BYTES = 10 * 1024 * 1024
PAUSE = 0.05


class EmbeddedServer:
    """The PostgreSQL of one data folder. Whoever calls ``start`` holds the folder's server lock."""

    def __init__(self, home: Path, options: Mapping[str, str] = LAPTOP) -> None:
        self.places = Places(home)
        self.options = options
        self.start_seconds = START_SECONDS
        self.child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts the server and returns when it answers; makes it first if there is none.

        Raises:
            CannotStart: it does not come up; the sentence says why.
        """
        prepare(self.places)
        whose = identity()
        whose.hand_over(self.places.folder)
        whose.hand_over(self.places.socket_folder)
        make_or_check(self.places, whose)
        try:
            self._launch_until_it_answers()
            ensure_roles(self.places.socket_folder)
        except BaseException:
            self.stop()
            raise

    def started_child(self) -> subprocess.Popen[bytes]:
        """Starts the server and gives away its process, for the supervisor to look after."""
        self.start()
        if self.child is None:
            raise RuntimeError("a started server has a process")
        return self.child

    def launch(self) -> None:
        """Starts the process without waiting for it."""
        whose = identity()
        sockets = f'"{self.places.socket_folder}"'
        words: list[str | Path] = [program("postgres"), "-D", self.places.data]
        with open_log(self.places.log) as log:
            self.child = spawn(
                whose.command([*words, *as_words({**self.options, "unix_socket_directories": sockets})]),
                orphan_signal=signal.SIGINT,
                output=log,
                user=whose.user,
            )

    def stop(self) -> None:
        """Ends all connections, writes everything down, and waits for the end (fast shutdown)."""
        if self.child is None:
            return
        with contextlib.suppress(ProcessLookupError):
            self.child.send_signal(signal.SIGINT)
        try:
            self.child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            sweep_group(self.child)
            self.child.wait()
        self.child = None

    def _launch_until_it_answers(self) -> None:
        last_start = time.monotonic() + self.start_seconds
        self.launch()
        while not self._answers_or_ends():
            if time.monotonic() > last_start:
                raise CannotStart(message(_("The database does not start: %(why)s"), why=self._last_words()))
            clear_the_way(self.places)
            time.sleep(10 * PAUSE)
            self.launch()

    def _answers_or_ends(self) -> bool:
        """Waits until the server answers (True) or its process is gone (False)."""
        assert self.child is not None  # noqa: S101 - launch() was called just before
        limit = time.monotonic() + RECOVERY_SECONDS
        while time.monotonic() < limit:
            if has_exited(self.child):
                self.child.wait()
                return False
            if self._is_ours() and answers(self.places.socket_folder):
                return True
            time.sleep(PAUSE)
        self.stop()
        return False

    def _is_ours(self) -> bool:
        """Whether the data folder is in the hands of our child and not of a leftover."""
        return self.child is not None and server_pid(self.places) == self.child.pid

    def _last_words(self) -> str:
        lines = self.places.log.read_text(errors="replace").splitlines()
        return next((line for line in reversed(lines) if "FATAL" in line), lines[-1] if lines else "?")


def answers(socket_folder: Path) -> bool:
    """Whether a server takes connections at this socket."""
    try:
        psycopg.connect(host=str(socket_folder), dbname="postgres", user=SUPERUSER, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


@contextlib.contextmanager
def open_log(path: Path) -> Iterator[IO[bytes]]:
    """Opens the log for the server, setting a large old one aside."""
    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.replace(path.with_suffix(".old.log"))
    with path.open("ab") as log:
        yield log
