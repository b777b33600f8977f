"""Puts requests together and has the load generator send them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from bench.machine import cpu_seconds
from bench.options import CONNECTIONS, ROOT, Options
from bench.sessions import Session

Request = dict[str, Any]
WARM_UP = 6
LONGEST = 300.0  # seconds for warming up and answers that are still on their way


@dataclass(frozen=True)
class Load:
    """Sends requests over eight connections, each with the session of one person; or over one, to see it alone."""

    options: Options
    product: int

    def read(self, paths: Callable[[Session], Sequence[str]], sessions: Sequence[Session]) -> dict[str, Any]:
        """Asks for every person's pages in turn, over and over."""
        return self._drive([[_get(who, path) for path in paths(who)] for who in sessions], repeat=True)

    def write(self, forms: Callable[[Session], Sequence[Request]], sessions: Sequence[Session]) -> dict[str, Any]:
        """Sends every person's forms once."""
        return self._drive([list(forms(who)) for who in sessions], repeat=False)

    def _drive(self, connections: list[list[Request]], *, repeat: bool) -> dict[str, Any]:
        if len(connections) not in (1, CONNECTIONS) or not all(connections):
            raise SystemExit("every connection needs something to send")
        plan = {
            "port": self.options.port,
            "seconds": self.options.seconds,
            "warm_up": WARM_UP,
            "repeat": repeat,
            "expected": [200, 204, 302] if repeat else [201, 204, 302],
            "connections": connections,
        }
        driver = [sys.executable, str(ROOT / "bench" / "driver.py")]
        before = cpu_seconds(self.product)
        limit = self.options.seconds * 2 + LONGEST
        done = subprocess.run(
            driver, input=json.dumps(plan).encode(), check=True, stdout=subprocess.PIPE, timeout=limit
        )
        after = cpu_seconds(self.product)
        figures: dict[str, Any] = json.loads(done.stdout)
        figures |= self._cost(before, after, figures["requests"] + figures.pop("warmed_up"))
        unexpected = figures.pop("unexpected")
        if figures["failed"]:
            (self.options.home / "unexpected.html").write_text(unexpected)
        return figures

    @staticmethod
    def _cost(before: dict[str, float], after: dict[str, float], requests: int) -> dict[str, float]:
        """Processor time per request, and how many such requests all cores could answer in a second."""
        used = {part: 1000 * (after[part] - before.get(part, 0.0)) / requests for part in ("web", "database")}
        cpu = sum(used.values())
        per_second = round((os.cpu_count() or 1) * 1000 / cpu, 1) if cpu else 0.0
        return {"web_cpu_ms": round(used["web"], 2), "database_cpu_ms": round(used["database"], 2),
                "cores_allow_per_second": per_second}  # fmt: skip


def _get(who: Session, path: str) -> Request:
    return {"path": path, "headers": who.headers}


def form(who: Session, path: str, **fields: object) -> Request:
    """A form as the browser posts it, with the csrf token and a key of its own."""
    values = {"csrfmiddlewaretoken": who.csrf, "once": uuid.uuid4().hex, **fields}
    headers = {**who.headers, "Content-Type": "application/x-www-form-urlencoded"}
    return {"path": path, "headers": headers, "body": urlencode(values)}
