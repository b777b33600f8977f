"""The load generator, a process of its own: one thread per connection, kept alive, plain sockets, nothing parsed.

Reads a plan from stdin as JSON (``Plan``) and writes what it measured to stdout. It stops by itself: after the
plan's seconds, or when a connection has sent all its requests and the plan does not repeat.
"""

from __future__ import annotations

import http.client
import json
import sys
import threading
import time
from collections import Counter
from typing import Any

TIMEOUT = 30.0


class Connection(threading.Thread):
    """One browser: sends its requests one after the other."""

    def __init__(self, plan: dict[str, Any], requests: list[dict[str, Any]], start: threading.Barrier) -> None:
        super().__init__(daemon=True)
        self.plan, self.requests, self.start_line = plan, requests, start
        self.took: list[float] = []
        self.statuses: Counter[int] = Counter()
        self.unexpected = ""
        self.bytes = self.warmed_up = 0
        self.wire = http.client.HTTPConnection("127.0.0.1", plan["port"], timeout=TIMEOUT)

    def run(self) -> None:
        """Warms up, waits for the others, then measures."""
        waiting = list(self.requests)
        for _ in range(min(self.plan["warm_up"], len(waiting) - 1)):
            self._send(waiting.pop(0) if not self.plan["repeat"] else waiting[0])
            self.warmed_up += 1
        self.start_line.wait()
        limit = time.perf_counter() + self.plan["seconds"]
        at = 0
        while time.perf_counter() < limit:
            if at == len(waiting):
                if not self.plan["repeat"]:
                    return
                at = 0
            began = time.perf_counter()
            self._note(*self._send(waiting[at]))
            self.took.append(time.perf_counter() - began)
            at += 1

    def _note(self, status: int, body: bytes) -> None:
        self.statuses[status] += 1
        self.bytes += len(body)
        if status not in self.plan["expected"] and not self.unexpected:
            self.unexpected = body.decode(errors="replace")

    def _send(self, request: dict[str, Any]) -> tuple[int, bytes]:
        body = request.get("body")
        self.wire.request("POST" if body is not None else "GET", request["path"], body, headers={**request["headers"]})
        answer = self.wire.getresponse()
        return answer.status, answer.read()


def percentile(sorted_values: list[float], share: float) -> float:
    """The value below which ``share`` of them lie, in milliseconds."""
    return round(1000 * sorted_values[min(len(sorted_values) - 1, int(share * len(sorted_values)))], 1)


def run(plan: dict[str, Any]) -> dict[str, Any]:
    """Carries a plan out and returns its figures."""
    start = threading.Barrier(len(plan["connections"]) + 1)
    threads = [Connection(plan, requests, start) for requests in plan["connections"]]
    for thread in threads:
        thread.start()
    start.wait()
    began, cpu = time.perf_counter(), time.process_time()
    for thread in threads:
        thread.join()
    seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
    took = sorted(each for thread in threads for each in thread.took)
    statuses = sum((thread.statuses for thread in threads), Counter[int]())
    return {
        "requests": len(took),
        "warmed_up": sum(thread.warmed_up for thread in threads),
        "seconds": round(seconds, 2),
        "per_second": round(len(took) / seconds, 1),
        "p50_ms": percentile(took, 0.50),
        "p95_ms": percentile(took, 0.95),
        "p99_ms": percentile(took, 0.99),
        "kilobytes": round(sum(thread.bytes for thread in threads) / max(1, len(took)) / 1024, 1),
        "failed": sum(count for status, count in statuses.items() if status not in plan["expected"]),
        "statuses": {str(status): count for status, count in sorted(statuses.items())},
        "unexpected": next((thread.unexpected for thread in threads if thread.unexpected), ""),
        "driver_cores": round(cpu / seconds, 3),
    }


if __name__ == "__main__":
    json.dump(run(json.load(sys.stdin)), sys.stdout)
