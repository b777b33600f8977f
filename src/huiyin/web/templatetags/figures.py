"""Components that show figures: tiles, trends, bars, progress, stages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import template

from huiyin.web.drawing import bar_drawing, spark_drawing

register = template.Library()


@register.inclusion_tag("ui/sparkline.html")
def sparkline(
    values: Sequence[float | None], label: object, low: float | None = None, high: float | None = None
) -> dict[str, Any]:
    """A small trend; ``label`` says it in words. None is a gap."""
    return {"drawing": spark_drawing(values, low=low, high=high), "label": label}


@register.inclusion_tag("ui/bar.html")
def bar(
    label: object, value: float, of: float, words: object = "", tone: str = "", aim: float | None = None, href: str = ""
) -> dict[str, Any]:
    """One bar of a group ``.bars``: label, length of ``value`` out of ``of``, the value in words, a mark at ``aim``."""
    drawing = bar_drawing(value, of, aim)
    return {"label": label, "drawing": drawing, "words": words or value, "tone": tone, "href": href}


@register.inclusion_tag("ui/progress.html")
def progress(done: float, of: float, label: object, note: object = "", tone: str = "") -> dict[str, Any]:
    """How far long work is."""
    share = round(100 * done / of) if of else 0
    return {"done": done, "of": of or 1, "label": label, "note": note, "share": share, "tone": tone}


@register.inclusion_tag("ui/stat.html")
def stat(
    label: object,
    value: object,
    unit: object = "",
    *,
    note: object = "",
    change: object = "",
    rises: bool | None = None,
    good: bool | None = None,
    href: str = "",
    values: Sequence[float | None] = (),
) -> dict[str, Any]:
    """A figure: ``note`` has n and interval, ``change`` the difference, ``rises`` its direction, ``good`` its worth."""
    return {
        "label": label,
        "value": value,
        "unit": unit,
        "note": note,
        "change": change,
        "arrow": {True: "arrow-up", False: "arrow-down"}.get(cast("bool", rises), "minus"),
        "worth": {True: "good", False: "bad"}.get(cast("bool", good), ""),
        "href": href,
        "spark": spark_drawing(values) if values else None,
    }


@register.inclusion_tag("ui/steps.html")
def steps(items: Sequence[object], now: str = "", late: bool = False) -> dict[str, Any]:
    """A way with its stages. Items: (code, label) or (code, label, note); those before ``now`` are done."""
    rows = [(*cast("tuple[Any, ...]", item), "")[:3] for item in items]
    codes = [code for code, _label, _note in rows]
    here = codes.index(now) if now in codes else len(codes)
    state = ["done" if n < here else ("late" if late else "now") if n == here else "" for n in range(len(rows))]
    return {"steps": [(label, note, part) for (_code, label, note), part in zip(rows, state, strict=True)]}
