"""The finer results every company starts with (VIS-23); it keeps its own list from there on."""

from __future__ import annotations

SUB_RESULTS: tuple[tuple[str, str, str, str], ...] = (
    ("refused", "no_time", "没时间", "No time"),
    ("refused", "not_interested", "不感兴趣", "Not interested"),
    ("refused", "no_calls", "不愿接电话", "Wants no calls"),
    ("refused", "no_trust", "怀疑是推销或诈骗", "Takes it for sales or fraud"),
    ("partly", "hung_up", "中途挂断", "Hung up"),
    ("partly", "had_to_go", "有事离开", "Had to go"),
    ("partly", "line_broke", "通话中断", "The line broke"),
)
"""Result, code, name in Chinese, name in English."""
