"""What the run was made on, how busy it was, and what its processes hold in memory."""

from __future__ import annotations

import os
import platform
import resource
from pathlib import Path
from typing import Any

TICKS = os.sysconf("SC_CLK_TCK")


def machine() -> dict[str, Any]:
    """Processor, memory and versions."""
    processor = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.machine(),
    )
    memory = next((int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    return {
        "processor": processor,
        "cores": os.cpu_count(),
        "memory_gb": round(memory / 1024**2, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }


def load_average() -> float:
    """How many processes wanted a core over the last minute."""
    return round(os.getloadavg()[0], 2)


def children_of(pid: int) -> list[int]:
    """A process and everything it started."""
    parents: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents.setdefault(int(fields[1]), []).append(int(stat.parent.name))
    found, waiting = [], [pid]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += parents.get(one, [])
    return found


def memory_mb(pids: list[int]) -> float:
    """What the processes hold together, pages they share counted once (PSS)."""
    total = 0
    for pid in pids:
        for line in _lines(f"/proc/{pid}/smaps_rollup"):
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return round(total / 1024, 1)


def peak_memory() -> int:
    """The most memory this process has held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def cpu_seconds(pid: int) -> dict[str, float]:
    """What a process and everything it started has used of the processor until now, by part of the product.

    Unlike seconds on the wall this does not grow when others use the machine at the same time.
    """
    used: dict[str, float] = {}
    for one in children_of(pid):
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        part = part_of(command_of(one))
        used[part] = used.get(part, 0.0) + sum(map(int, fields[11:15])) / TICKS
    return used


def part_of(command: str) -> str:
    """Which part of the product runs this command."""
    words = command.split()
    if "huiyin" in words and "start" in words:
        return "supervisor"
    if "worker" in words:
        return "worker"
    return "web" if "granian" in words else "database"


def command_of(pid: int) -> str:
    """The words a process was started with."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return ""


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text().splitlines()
    except OSError:
        return []
