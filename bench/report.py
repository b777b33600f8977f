"""The results as a table for people and as JSON for programs."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

from bench.options import Options
from bench.registry import Measurement

COLUMNS = (
    "",
    "req/s",
    "p50 ms",
    "p95 ms",
    "p99 ms",
    "KB",
    "web ms",
    "db ms",
    "cores/s",
    "of empty",
    "other",
    "ratio",
    "goal",
    "load",
)


def write_json(options: Options, result: dict[str, Any]) -> None:
    """Keeps everything that was measured."""
    options.result.write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def print_table(result: dict[str, Any], done: list[tuple[Measurement, dict[str, Any]]]) -> None:
    """The pages as one table, everything else as lines."""
    pages = [(what, figures) for what, figures in done if "per_second" in figures and "p50_ms" in figures]
    empty = next((figures["per_second"] for what, figures in pages if what.name == "empty"), None)
    _lines("machine", result["machine"])
    _lines("volume", result["volume"])
    for name in ("start", "memory", "database"):
        if name in result:
            _lines(name, result[name])
    if pages:
        print()
        _row(COLUMNS)
    for what, figures in pages:
        _row(_page_row(what, figures, empty))
    for what, figures in done:
        if "p50_ms" not in figures:
            print()
            _lines(what.title, figures)


def _page_row(what: Measurement, figures: dict[str, Any], empty: float | None) -> tuple[str, ...]:
    per_second = figures["per_second"]
    return (
        what.title + (f"  ({figures['failed']} FAILED)" if figures["failed"] else ""),
        f"{per_second:g}",
        f"{figures['p50_ms']:g}",
        f"{figures['p95_ms']:g}",
        f"{figures['p99_ms']:g}",
        f"{figures['kilobytes']:g}",
        f"{figures['web_cpu_ms']:g}",
        f"{figures['database_cpu_ms']:g}",
        f"{figures['cores_allow_per_second']:g}",
        f"{per_second / empty:.2f}" if empty else "",
        f"{what.others:g}" if what.others else "",
        f"{per_second / what.others:.1f}×" if what.others else "",
        ("met" if per_second >= what.goal else f"{what.goal:g}") if what.goal else "",
        f"{figures['load_average']:g}",
    )


def _row(cells: tuple[str, ...]) -> None:
    first, *rest = cells
    print(first + " " * max(1, 34 - _width(first)) + "".join(cell.rjust(9) for cell in rest))


def _lines(title: str, figures: dict[str, Any]) -> None:
    print(f"{title}: " + ", ".join(f"{name} {value}" for name, value in figures.items()))


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
