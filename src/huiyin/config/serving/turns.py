"""So many at a time, the others in the order they came."""

from __future__ import annotations

from collections import deque
from threading import Lock


class Turns:
    """Places that are handed on to whoever waits longest, so that nobody who comes later slips in between."""

    def __init__(self, places: int, patience: float) -> None:
        """``patience`` in seconds: who has waited so long goes without a place, for those who have one are slow."""
        self._free = places
        self._patience = patience
        self._waiting: deque[Lock] = deque()
        self._changing = Lock()

    def take(self) -> bool:
        """Waits for a place; False if there was none in time. Who got one gives it back."""
        with self._changing:
            if self._free:
                self._free -= 1
                return True
            mine = Lock()
            mine.acquire()
            self._waiting.append(mine)
        return mine.acquire(timeout=self._patience) or self._came_at_last(mine)

    def give(self) -> None:
        """Hands a place on, or keeps it for the next who comes."""
        with self._changing:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._free += 1

    def _came_at_last(self, mine: Lock) -> bool:
        """Whether the place came between the end of patience and now; else nobody hands it to us any more."""
        with self._changing:
            if mine not in self._waiting:
                return True
            self._waiting.remove(mine)
            return False
