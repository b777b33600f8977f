"""How many requests each web process has before it, in memory that they share."""

from __future__ import annotations

import fcntl
import os
import tempfile
from mmap import mmap
from threading import Lock

SHARED = "HUIYIN_WEB_TALLY"
SIZE = 4  # bytes a count
CLEARLY = 2  # requests more than another process has: one more would only trade places


class Tally:
    """One process's count beside those of the others; alone, where nothing is shared."""

    def __init__(self, counts: memoryview, place: int) -> None:
        self._counts, self._place = counts, place
        self._changing = Lock()
        counts[place] = 0  # whoever had the place before may have been killed in the middle

    @property
    def processes(self) -> int:
        """How many of them there are."""
        return len(self._counts)

    def come(self) -> None:
        """A request is before this process."""
        with self._changing:
            self._counts[self._place] += 1

    def go(self) -> None:
        """It was answered."""
        with self._changing:
            self._counts[self._place] -= 1

    def another_is_freer(self) -> bool:
        """Whether some other process has clearly less to do."""
        return self._counts[self._place] - min(self._counts) >= CLEARLY


def share(processes: int) -> None:
    """Makes the memory, for the processes this one becomes or starts."""
    with tempfile.TemporaryFile() as file:
        file.truncate(processes * SIZE)
        descriptor = os.dup(file.fileno())
    os.set_inheritable(descriptor, True)
    os.environ[SHARED] = f"{descriptor}:{processes}"


def joined() -> Tally:
    """This process's count; it has it until it ends, however it ends."""
    descriptor, _, processes = os.environ.get(SHARED, "").partition(":")
    try:
        counts, place = _place_in(int(descriptor), int(processes))
    except (ValueError, OSError):  # nothing was shared, or not with a process that was started anew
        counts, place = memoryview(bytearray(SIZE)).cast("I"), 0
    return Tally(counts, place)


def _place_in(descriptor: int, processes: int) -> tuple[memoryview, int]:
    if os.fstat(descriptor).st_size != processes * SIZE:
        raise ValueError("the descriptor is somebody else's")
    for place in range(processes):
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
        except OSError:
            continue
        return memoryview(mmap(descriptor, processes * SIZE)).cast("I"), place
    raise ValueError("more processes than places")
