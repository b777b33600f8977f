"""The product as a user has it: one data folder of its own, seeded once, started by ``huiyin start``."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.error import URLError
from urllib.request import urlopen

from bench.options import ROOT, Options, huiyin

READY_SECONDS = 120.0
STOP_SECONDS = 60.0
PAUSE = 0.02


@dataclass(frozen=True)
class Running:
    """The started product: its supervisor and how long it took until ``/healthz`` said ready, in seconds."""

    pid: int
    start_seconds: float


def seed(options: Options) -> dict[str, float]:
    """Makes the volume unless the folder holds it already; returns what the seeding said."""
    note = options.home / "volume.json"
    size = [options.customers, options.visits_per_customer, options.cases_per_customer]
    if note.exists() and not options.fresh:
        kept = json.loads(note.read_text())
        if kept["size"] == size:
            return dict(kept["volume"])
    shutil.rmtree(options.home, ignore_errors=True)
    subprocess.run(huiyin("migrate"), env=options.environment, cwd=ROOT, check=True)
    words = [
        "demo", "--json", "--customers", str(options.customers),
        "--visits-per-customer", str(options.visits_per_customer),
        "--cases-per-customer", str(options.cases_per_customer),
    ]  # fmt: skip
    said = subprocess.run(huiyin(*words), env=options.environment, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    volume = json.loads(said.stdout)
    note.write_text(json.dumps({"size": size, "volume": volume}))
    return dict(volume)


@contextmanager
def running(options: Options) -> Iterator[Running]:
    """The product runs while the block does, and is stopped whatever happens in it."""
    began = time.monotonic()
    child = subprocess.Popen(huiyin("start"), env=options.environment, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        _wait_until_ready(options, child)
        yield Running(child.pid, round(time.monotonic() - began, 2))
    finally:
        child.send_signal(signal.SIGTERM)
        try:
            child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _wait_until_ready(options: Options, child: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + READY_SECONDS
    while time.monotonic() < limit:
        if child.poll() is not None:
            raise SystemExit(f"huiyin start ended with {child.returncode}; is port {options.port} free?")
        try:
            with urlopen(f"{options.address}healthz", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(PAUSE)
    raise SystemExit("huiyin start was not ready in time")
