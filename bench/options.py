"""What can be chosen on the command line, and the environment that follows from it."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONNECTIONS = 8


@dataclass(frozen=True)
class Options:
    """Sizes, times and places of a run; ``seconds`` is how long each page is asked for."""

    customers: int
    visits_per_customer: float
    cases_per_customer: float
    cases: int
    import_rows: int
    promises: int
    bulk: int
    writes: int
    seconds: float
    port: int
    home: Path
    result: Path
    fresh: bool
    only: tuple[str, ...]

    @property
    def environment(self) -> dict[str, str]:
        """For every process of the product and for ourselves."""
        return {
            **os.environ,
            "HUIYIN_HOME": str(self.home),
            "PORT": str(self.port),
            "HUIYIN_DEMO": "",
            "DJANGO_SETTINGS_MODULE": "bench.settings",
            "HUIYIN_API_REQUESTS_PER_MINUTE": "1000000",  # the limit is counted, but never reached
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }

    @property
    def address(self) -> str:
        """Where the product listens."""
        return f"http://127.0.0.1:{self.port}/"


def huiyin(*words: str) -> list[str]:
    """A command of the product."""
    return [sys.executable, "-m", "huiyin", *words]
