"""What a killed server leaves: processes still ending, and a pid file that may name a stranger by now."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

from huiyin.config.embedded.places import Places


def server_pid(places: Places) -> int | None:
    """The process that last took the data folder, as PostgreSQL noted it."""
    try:
        return int(_pid_file(places).read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return None


def clear_the_way(places: Places) -> None:
    """Asks a leftover server to stop; once nothing works in the data folder any more, its pid file goes.

    The caller holds the server lock, so nobody else wants this server. After a reboot the pid file may name
    any process, and PostgreSQL would wait for that one for ever.
    """
    if sys.platform != "linux":
        return
    busy = set(_working_in(places.data))
    if not busy:
        _pid_file(places).unlink(missing_ok=True)
    elif (pid := server_pid(places)) in busy and pid is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)


def _pid_file(places: Places) -> Path:
    return places.data / "postmaster.pid"


def _working_in(data: Path) -> Iterator[int]:
    """Every process whose working folder is the data folder: PostgreSQL's, server and backends alike."""
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (process / "cwd").samefile(data):
                yield int(process.name)
