"""The supervisor's lock on a data folder, and the note in it that tells others where it runs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from huiyin.config.locks import FileLock, is_taken
from huiyin.config.problems import CannotStart
from huiyin.kernel.words import gettext_noop as _
from huiyin.kernel.words import message


@dataclass(frozen=True)
class Note:
    """Who supervises a data folder, and at which address."""

    pid: int
    address: str


def lock_path(home: Path) -> Path:
    """The lock file of the data folder's supervisor."""
    return home / "supervisor.lock"


def take(home: Path, note: Note) -> FileLock:
    """Makes this process the data folder's only supervisor.

    Raises:
        CannotStart: there is one already.
    """
    lock = FileLock(lock_path(home))
    if not lock.take():
        lock.release()
        there = read(home)
        raise CannotStart(
            message(
                _("Huiyin already runs on the data folder %(folder)s at %(address)s."),
                folder=str(home),
                address=there.address if there else "?",
            )
        )
    lock.write(json.dumps(asdict(note)))
    return lock


def read(home: Path) -> Note | None:
    """The note of the supervisor that runs on this data folder now; None when there is none."""
    if not is_taken(lock_path(home)):
        return None
    try:
        return Note(**json.loads(FileLock(lock_path(home)).read()))
    except (ValueError, TypeError):
        return None
