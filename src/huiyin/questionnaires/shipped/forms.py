"""The shipped questionnaires: ``service`` (VIS-24) ``quick`` (VIS-29: under a minute on a phone)
and ``demand`` (VIS-9: beside what a unit wants to know)."""

from __future__ import annotations

from typing import Any

WHY_ZH, WHY_EN = "请问主要是哪里不满意？", "What was wrong, above all?"


def _score(code: str, dimension: str, zh: str, en: str, *, kind: str = "scale5", probe_at: int = 2) -> dict[str, Any]:
    return {
        "code": code,
        "kind": kind,
        "dimension": dimension,
        "text_zh": zh,
        "text_en": en,
        "required": True,
        "probe_at": probe_at,
        "probe_zh": WHY_ZH,
        "probe_en": WHY_EN,
    }


def _text(code: str, zh: str, en: str) -> dict[str, Any]:
    return {"code": code, "kind": "text", "purpose": code, "text_zh": zh, "text_en": en}


SERVICE: dict[str, Any] = {
    "code": "service",
    "version": 1,
    "title_zh": "服务回访",
    "title_en": "Service follow-up",
    "intro_zh": "感谢您选择我们。以下问题约需一分钟，您的回答会直接交给负责的人。",
    "intro_en": "Thank you for choosing us. This takes a minute; your answers go straight to the people in charge.",
    "fast_seconds": 8,
    "valid_days": 14,
    "questions": [
        _score("product", "product", "您对产品质量满意吗？", "How satisfied are you with the quality of the product?"),
        _score("response", "response", "您对服务响应速度满意吗？", "How satisfied are you with how fast we responded?"),
        _score("staff", "staff", "您对服务人员的专业程度满意吗？", "How satisfied are you with our staff's skill?"),
        _score("process", "process", "您对售后流程满意吗？", "How satisfied are you with the after-sales process?"),
        _score("value", "value", "您觉得性价比如何？", "How satisfied are you with the value for money?"),
        _text(
            "problem", "使用或服务过程中遇到过什么问题？", "Have you met any problem with the product or our service?"
        ),
        _text("need", "还有什么需要我们帮您做的？", "Is there anything else we can do for you?"),
        _text("suggestion", "您对我们有什么改进建议？", "What should we do better?"),
        {
            "code": "emotion",
            "kind": "emotion",
            "text_zh": "您现在的整体感受是？",
            "text_en": "How do you feel about us now?",
        },
    ],
}

QUICK: dict[str, Any] = {
    "code": "quick",
    "version": 1,
    "title_zh": "一分钟评价",
    "title_en": "One-minute feedback",
    "intro_zh": "只有三个问题，不到一分钟。",
    "intro_en": "Three questions, less than a minute.",
    "fast_seconds": 4,
    "valid_days": 14,
    "questions": [
        _score("overall", "overall", "总体来说，您对我们满意吗？", "All in all, how satisfied are you with us?"),
        {
            **_score(
                "recommend",
                "recommend",
                "您有多大可能把我们推荐给朋友？（0 完全不会，10 一定会）",
                "How likely are you to recommend us to a friend? (0 not at all, 10 certainly)",
                kind="scale11",
            ),
            "probe_at": None,
        },
        {**_text("suggestion", "您最希望我们改进什么？", "What should we improve first?")},
    ],
}

DEMAND: dict[str, Any] = {
    "code": "demand",
    "version": 1,
    "title_zh": "需求回访",
    "title_en": "Visit on demand",
    "intro_zh": "只有一个问题，谢谢您告诉我们。",
    "intro_en": "A single question; thank you for telling us.",
    "fast_seconds": 3,
    "valid_days": 14,
    "questions": [
        _score("overall", "overall", "总体来说，您对我们满意吗？", "All in all, how satisfied are you with us?"),
        _text("need", "还有什么需要我们帮您做的？", "Is there anything else we can do for you?"),
    ],
}

FORMS = (SERVICE, QUICK, DEMAND)
