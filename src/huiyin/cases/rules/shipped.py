"""The defaults that ship with the product: two sets of clocks, triage weights, routing (SLA-1, CAS-6, CAS-13).

They are the first version of the data, and what is used while a company has no version of its own.
"""

from __future__ import annotations

from typing import Any

from huiyin.kernel.words import gettext_noop as _


def _clock(level: str, start: str, goal: str, amount: float, unit: str) -> dict[str, Any]:
    return {"level": level, "start": start, "goal": goal, "amount": amount, "unit": unit}


STAGES = [
    _clock("*", "received", "verify", 1, "working_days"),
    _clock("*", "plan_sent", "agree", 2, "working_days"),
    _clock("*", "waiting", "follow_up", 3, "working_days"),
    _clock("*", "finished", "tell_result", 1, "working_days"),
    _clock("*", "told", "verdict", 3, "working_days"),
    _clock("*", "settled", "revisit", 24, "hours"),
]
STANDARD: dict[str, Any] = {
    "code": "standard",
    "version": 1,
    "name": _("Standard: urgent 2 h, important 4 h, general 8 h"),
    "calendar": "standard",
    "pauses": ["customer"],
    "clocks": [
        _clock("urgent", "received", "first_response", 2, "hours"),
        _clock("urgent", "received", "solve", 24, "hours"),
        _clock("urgent", "reopened", "solve", 24, "hours"),
        _clock("important", "received", "first_response", 4, "working_hours"),
        _clock("important", "received", "plan", 3, "working_days"),
        _clock("important", "reopened", "plan", 3, "working_days"),
        _clock("general", "received", "first_response", 8, "working_hours"),
        _clock("general", "received", "solve", 5, "working_days"),
        _clock("general", "reopened", "solve", 5, "working_days"),
        *STAGES,
    ],
}
QUICK: dict[str, Any] = {
    "code": "quick",
    "version": 1,
    "name": _("Quick: start within 24 h, reply within 48 h, complex matters within 72 h"),
    "calendar": "standard",
    "pauses": ["customer"],
    "clocks": [
        _clock("*", "received", "first_response", 24, "hours"),
        _clock("urgent", "received", "solve", 24, "hours"),
        _clock("urgent", "reopened", "solve", 24, "hours"),
        _clock("important", "received", "plan", 48, "hours"),
        _clock("important", "received", "solve", 72, "hours"),
        _clock("important", "reopened", "solve", 72, "hours"),
        _clock("general", "received", "solve", 3, "working_days"),
        _clock("general", "reopened", "solve", 3, "working_days"),
        *STAGES,
    ],
}
POLICIES = (STANDARD, QUICK)
TRIAGE: dict[str, Any] = {
    "points": {
        "severity": {"down": 7, "function": 3, "limited": 1},
        "reach": {"some": 1, "many": 3},
        "tier": {"vip": 2, "regular": 1},
        "emotion": {"dissatisfied": 1, "angry": 3},
        "kind": {"complaint": 2},
        "repeated": {"yes": 2},
    },
    "urgent_from": 7,
    "important_from": 3,
}
ROUTING: dict[str, Any] = {
    "product": {"department": "rnd"},
    "process": {"department": "operations"},
    "technical": {"department": "technical"},
    "attitude": {"department": "service", "to_head": True},
    "need": {"department": "rnd"},
    "other": {"department": "service"},
}
TOPIC_NAMES: dict[str, tuple[str, str]] = {
    "product": ("产品质量", "Product quality"),
    "process": ("服务流程", "Service process"),
    "technical": ("技术问题", "Technical question"),
    "attitude": ("服务态度", "Staff attitude"),
    "need": ("需求与建议", "Needs and suggestions"),
    "other": ("其他", "Everything else"),
}
PROBLEM_TYPES: tuple[tuple[str, str, str, str, str], ...] = (
    ("product", "产品质量", "Product quality", "product", ""),
    ("product.defect", "质量缺陷", "Defect", "product", "product"),
    ("product.missing", "缺件少件", "Missing parts", "product", "product"),
    ("product.damage", "运输破损", "Damaged in transport", "product", "product"),
    ("product.fit", "与描述不符", "Not as described", "product", "product"),
    ("service", "服务流程", "Service process", "process", ""),
    ("service.delivery", "配送延误", "Late delivery", "process", "service"),
    ("service.appointment", "预约未履行", "Missed appointment", "process", "service"),
    ("service.refund", "退换货与退款", "Returns and refunds", "process", "service"),
    ("service.gift", "赠品未兑现", "Promised gift missing", "process", "service"),
    ("technical", "技术问题", "Technical question", "technical", ""),
    ("technical.install", "安装调试", "Installation", "technical", "technical"),
    ("technical.use", "使用咨询", "How to use it", "technical", "technical"),
    ("technical.failure", "故障报修", "Breakdown", "technical", "technical"),
    ("attitude", "服务态度", "Staff attitude", "attitude", ""),
    ("attitude.rude", "态度生硬", "Rude", "attitude", "attitude"),
    ("attitude.false", "承诺不实", "False promise", "attitude", "attitude"),
    ("need", "需求与建议", "Needs and suggestions", "need", ""),
    ("need.feature", "功能建议", "Wanted feature", "need", "need"),
    ("need.product", "新品需求", "Wanted product", "need", "need"),
)
"""Code, Chinese name, English name, topic, parent; data once installed, to be changed by the company."""
