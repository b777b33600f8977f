"""Numbers for small drawings: plain SVG with attributes only, so that no style stands in a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, PAD = 88.0, 24.0, 3.0


@dataclass(frozen=True)
class SparkDrawing:
    """Point lists of a sparkline (a gap breaks the line) and its last point."""

    lines: list[str]
    last: tuple[str, str] | None


@dataclass(frozen=True)
class BarDrawing:
    """Lengths in percent of the track."""

    length: str
    aim: str | None


def spark_drawing(
    values: Sequence[float | None], *, low: float | None = None, high: float | None = None
) -> SparkDrawing:
    """Fits the values into the drawing; ``low`` and ``high`` hold the scale still between drawings."""
    known = [value for value in values if value is not None]
    if not known:
        return SparkDrawing([], None)
    floor = min(known) if low is None else low
    span = ((max(known) if high is None else high) - floor) or 1.0
    step = (WIDTH - 2 * PAD) / max(1, len(values) - 1)
    points: list[tuple[str, str] | None] = [
        None
        if value is None
        else (f"{PAD + n * step:.1f}", f"{HEIGHT - PAD - (value - floor) / span * (HEIGHT - 2 * PAD):.1f}")
        for n, value in enumerate(values)
    ]
    return SparkDrawing(_runs(points), next(point for point in reversed(points) if point))


def _runs(points: Sequence[tuple[str, str] | None]) -> list[str]:
    runs: list[list[str]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(f"{point[0]},{point[1]}")
    return [" ".join(run) for run in runs if len(run) > 1]


def bar_drawing(value: float, of: float, aim: float | None = None) -> BarDrawing:
    """The length of ``value`` out of ``of``, kept inside the track."""
    return BarDrawing(_percent(value, of), None if aim is None else _percent(aim, of))


def _percent(value: float, of: float) -> str:
    share = value / of if of else 0.0
    return f"{100 * min(1.0, max(0.0, share)):.1f}%"
