"""Locks between processes: a file held with ``flock``, freed by the system when its holder dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class FileLock:
    """One lock file. Children do not inherit the lock."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def take(self, *, shared: bool = False, wait: bool = False) -> bool:
        """Takes the lock, or changes a held one between shared and alone; False if somebody else holds it."""
        if self._descriptor is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        how = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB)
        try:
            fcntl.flock(self._descriptor, how)
        except BlockingIOError:
            return False
        return True

    def release(self) -> None:
        """Gives the lock back; the file stays, so that nobody ends up locking a deleted file."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def write(self, text: str) -> None:
        """Leaves a note for those who find the lock taken."""
        if self._descriptor is None:
            raise RuntimeError("the lock is not held")
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, text.encode(), 0)

    def read(self) -> str:
        """The holder's note; empty when there is none."""
        try:
            return self.path.read_text()
        except OSError:
            return ""


def is_taken(path: Path) -> bool:
    """Whether some process holds the lock alone at this moment."""
    if not path.exists():
        return False
    lock = FileLock(path)
    try:
        return not lock.take(shared=True)
    finally:
        lock.release()


@contextmanager
def shared(path: Path) -> Iterator[FileLock]:
    """Holds a lock together with others, waiting while somebody holds it alone."""
    lock = FileLock(path)
    lock.take(shared=True, wait=True)
    try:
        yield lock
    finally:
        lock.release()
