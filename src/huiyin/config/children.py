"""Child processes that never outlive us and never get our terminal's Ctrl-C."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(how: signal.Signals = signal.SIGKILL) -> None:
    """Has the kernel send this process ``how`` as soon as its parent is gone (Linux; elsewhere nothing)."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, how)


def spawn(
    command: Sequence[str | Path],
    *,
    orphan_signal: signal.Signals = signal.SIGTERM,
    environment: Mapping[str, str] | None = None,
    output: IO[bytes] | None = None,
    user: str | None = None,
) -> subprocess.Popen[bytes]:
    """Starts a child in a process group of its own, without input.

    The child gets ``orphan_signal`` when we die, even by kill -9. Its output goes to ours unless ``output``
    is given. Call it from the main thread: the kernel watches the thread that started the child.
    """
    parent = os.getpid()

    def tie() -> None:
        die_with_parent(orphan_signal)
        if os.getppid() != parent:  # we died before the tie held
            os._exit(1)

    return subprocess.Popen(
        [str(word) for word in command],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        env={**os.environ, **(environment or {})},
        user=user,
        start_new_session=True,
        preexec_fn=tie,  # noqa: PLW1509 - one prctl call, loaded before the fork
    )


def sweep_group(child: subprocess.Popen[bytes]) -> None:
    """Kills whatever a child that has just exited left behind in its process group.

    Call it before the child is reaped: until then its process id cannot belong to anybody else.
    """
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def has_exited(child: subprocess.Popen[bytes]) -> bool:
    """Whether the child has exited; it is left unreaped so that its group can still be swept."""
    if child.returncode is not None:
        return True
    try:
        return os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:
        return True
