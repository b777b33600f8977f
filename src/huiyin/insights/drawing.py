"""Numbers for the trend's drawing: a line, its intervals and the aim, as plain SVG attributes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huiyin.questionnaires.public import Figure

WIDTH, HEIGHT, PAD = 320.0, 96.0, 8.0


@dataclass(frozen=True)
class Point:
    """One period: its place, and the ends of its interval (None: no interval)."""

    x: str
    y: str
    top: str | None
    bottom: str | None


@dataclass(frozen=True)
class TrendDrawing:
    """Points (only known ones), the runs of the line, the height of the aim, and the ends of the scale."""

    points: list[Point]
    lines: list[str]
    aim: str | None
    floor: str
    ceiling: str


def trend_drawing(figures: Sequence[Figure], target: float | None = None) -> TrendDrawing:
    """Fits values, intervals and aim into one drawing; unknown periods leave a gap."""
    known = [value for one in figures for value in (one.value, one.low, one.high) if value is not None]
    known += [target] if target is not None and known else []
    if not known:
        return TrendDrawing([], [], None, "", "")
    floor, ceiling = min(known), max(known)
    span = (ceiling - floor) or 1.0
    step = (WIDTH - 2 * PAD) / max(1, len(figures) - 1)

    def height(value: float) -> str:
        return f"{HEIGHT - PAD - (value - floor) / span * (HEIGHT - 2 * PAD):.1f}"

    points = [
        None
        if one.value is None
        else Point(
            f"{PAD + place * step:.1f}",
            height(one.value),
            None if one.high is None else height(one.high),
            None if one.low is None else height(one.low),
        )
        for place, one in enumerate(figures)
    ]
    aim = None if target is None else height(target)
    return TrendDrawing([one for one in points if one], _runs(points), aim, f"{floor:.4g}", f"{ceiling:.4g}")


def _runs(points: Sequence[Point | None]) -> list[str]:
    runs: list[list[str]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(f"{point.x},{point.y}")
    return [" ".join(run) for run in runs if len(run) > 1]
