"""One part of the running product: a child that is started again whenever it ends."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from huiyin.config.children import has_exited, sweep_group

FIRST_PAUSE = 0.5  # seconds between an end and the new start, at least
LONGEST_PAUSE = 15.0  # starts in quick succession move apart, each time twice as far, up to this
CALM = 30.0  # a part that lasted this many seconds starts over with the first pause


@dataclass
class Part:
    """A child process with its restart policy. ``launch`` returns the running child or raises."""

    name: str
    launch: Callable[[], subprocess.Popen[bytes]]
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 15.0
    child: subprocess.Popen[bytes] | None = None
    starts: int = 0
    _apart: float = FIRST_PAUSE
    _started_at: float = 0.0
    _start_after: float = field(default=0.0)

    def start(self) -> None:
        """Starts the child now."""
        self.starts += 1
        self.child = self.launch()
        self._started_at = time.monotonic()

    def look_after(self) -> str | None:
        """Notices an end and starts again when the pause is over; returns a line worth printing."""
        if self.child is None:
            if time.monotonic() >= self._start_after:
                self.start()
                return f"{self.name} started again"
            return None
        if not has_exited(self.child):
            return None
        sweep_group(self.child)
        code = self.child.wait()
        self.child = None
        pause = self.postpone()
        return f"{self.name} ended (exit {code}); starting it again in {pause:.1f} s"

    def postpone(self) -> float:
        """Sets the next start off and returns for how long, in seconds; the time the child lived counts."""
        lived = time.monotonic() - self._started_at
        if lived > CALM:
            self._apart = FIRST_PAUSE
        pause, self._apart = max(FIRST_PAUSE, self._apart - lived), min(self._apart * 2, LONGEST_PAUSE)
        self._start_after = time.monotonic() + pause
        return pause

    def ask_to_stop(self) -> None:
        """Tells the child to finish; does not wait."""
        if self.child is not None:
            with contextlib.suppress(ProcessLookupError):
                self.child.send_signal(self.stop_signal)

    def wait_for_end(self) -> None:
        """Waits until the child has finished, and kills what is left after ``stop_seconds``."""
        if self.child is None:
            return
        limit = time.monotonic() + self.stop_seconds
        while not has_exited(self.child) and time.monotonic() < limit:
            time.sleep(0.02)
        sweep_group(self.child)
        self.child.wait()
        self.child = None
