"""The embedded server for the length of one command: the running one, else one of our own."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from huiyin.config.embedded.places import Places
from huiyin.config.embedded.server import PAUSE, EmbeddedServer, answers
from huiyin.config.locks import FileLock, shared
from huiyin.config.problems import CannotStart
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message

PATIENCE_SECONDS = 60.0


@contextmanager
def server_at_hand(home: Path) -> Iterator[bool]:
    """Has a server answer while the block runs; yields whether it had to be started for it.

    Several commands share one server: whoever started it leaves last.

    Raises:
        CannotStart: neither is there a running server nor can one be started.
    """
    places = Places(home)
    lock = FileLock(places.server_lock)
    with shared(places.users_lock) as users:
        server = _find_or_start(places, lock)
        try:
            yield server is not None
        finally:
            if server is not None:
                users.take(wait=True)  # alone now: the others have finished
                server.stop()
                lock.release()


def _find_or_start(places: Places, lock: FileLock) -> EmbeddedServer | None:
    """None when somebody else's server answers; ours, just started, otherwise."""
    limit = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < limit:
        if answers(places.socket_folder):
            return None
        if lock.take():
            server = EmbeddedServer(places.home)
            try:
                server.start()
            except BaseException:
                lock.release()
                raise
            return server
        time.sleep(PAUSE)
    raise CannotStart(message(_("The database is being started by another process but does not answer.")))
