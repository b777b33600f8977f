"""The shipped questionnaires of gift lists: ``gift_check`` (VIS-5, answered by link) and ``settlement_check`` (VIS-6).

What a "no" means to a list follows from the codes ``received``, ``right``, ``all`` and ``good``.
"""

from __future__ import annotations

from typing import Any


def _yes_no(code: str, zh: str, en: str, no: tuple[str, str]) -> dict[str, Any]:
    """A question whose "no" says in words what is wrong; all but the first hang on the gift having come."""
    return {
        "code": code,
        "kind": "choice",
        "text_zh": zh,
        "text_en": en,
        "required": True,
        "options": [{"code": "yes", "zh": "是", "en": "Yes"}, {"code": "no", "zh": no[0], "en": no[1]}],
        **({} if code == "received" else {"only_if": {"question": "received", "one_of": ["yes"]}}),
    }


RECEIVED = _yes_no("received", "您收到这份礼品了吗？", "Did you get this gift?", ("没有收到", "No, I did not get it"))
RIGHT = _yes_no("right", "是说好的那一种吗？", "Was it the right one?", ("不是，是别的", "No, another one"))
ALL = _yes_no("all", "数量够吗？", "Did you get all of it?", ("不够，少了", "No, fewer"))
GOOD = _yes_no("good", "礼品完好吗？", "Was it in good state?", ("有损坏", "No, it was damaged"))
NOTE: dict[str, Any] = {
    "code": "note",
    "kind": "text",
    "text_zh": "还有什么想告诉我们的？",
    "text_en": "Anything else you want to tell us?",
}

GIFT_CHECK: dict[str, Any] = {
    "code": "gift_check",
    "version": 1,
    "title_zh": "礼品核查",
    "title_en": "Your gift",
    "intro_zh": "门店登记您领取了短信中所说的活动礼品。请告诉我们是否如数收到，不到半分钟。",
    "intro_en": "The store noted that it gave you the gift named in our message. Did you get it? Half a minute.",
    "fast_seconds": 2,
    "valid_days": 14,
    "remind_after_days": None,
    "questions": [RECEIVED, RIGHT, ALL, GOOD, NOTE],
}
SETTLEMENT_CHECK: dict[str, Any] = {
    "code": "settlement_check",
    "version": 1,
    "title_zh": "店面核销",
    "title_en": "Store settlement check",
    "intro_zh": "核实门店活动的礼品是否真实发放，三个问题。",
    "intro_en": "Three questions: were the gifts of the promotion really given?",
    "fast_seconds": 2,
    "valid_days": 14,
    "remind_after_days": None,
    "questions": [RECEIVED, RIGHT, ALL, NOTE],
}
GIFT_FORMS = (GIFT_CHECK, SETTLEMENT_CHECK)
