"""The measurements: each is a function in a file of its own, told apart by when it runs."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from typing import Any

from bench import measurements
from bench.scene import Scene

Figures = dict[str, Any]


class When(StrEnum):
    """Pages are asked of the running product, changes after all reads; the rest has the database to itself."""

    READ = "read"
    WRITE = "write"
    ALONE = "alone"


@dataclass(frozen=True)
class Measurement:
    """One thing to measure. ``order`` settles what comes after what; ``goal`` is in requests per second."""

    name: str
    title: str
    when: When
    order: int
    goal: float | None
    others: float | None
    run: Callable[[Scene], Figures]


FOUND: dict[str, Measurement] = {}


def measures(
    name: str, title: str, when: When, *, order: int = 50, goal: float | None = None, others: float | None = None
) -> Callable[[Callable[[Scene], Figures]], Callable[[Scene], Figures]]:
    """Declares a measurement. ``others`` is the best of four help desks in requests per second."""

    def declare(run: Callable[[Scene], Figures]) -> Callable[[Scene], Figures]:
        FOUND[name] = Measurement(name, title, when, order, goal, others, run)
        return run

    return declare


def all_measurements() -> list[Measurement]:
    """Every measurement in the order in which they run."""
    for module in pkgutil.iter_modules(measurements.__path__):
        import_module(f"bench.measurements.{module.name}")
    return sorted(FOUND.values(), key=lambda each: (list(When).index(each.when), each.order, each.name))
