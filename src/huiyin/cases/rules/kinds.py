"""The lists a record chooses from: kinds, topics, channels, emotions, levels (CAS-1, CAS-2, CAS-6)."""

from __future__ import annotations

from enum import StrEnum

from huiyin.kernel.words import gettext_noop as _


class Level(StrEnum):
    """How pressing a case is; the order is the order of the queue."""

    URGENT = "urgent"
    IMPORTANT = "important"
    GENERAL = "general"


LEVEL_RANK: dict[str, int] = {Level.URGENT: 1, Level.IMPORTANT: 2, Level.GENERAL: 3}
LEVELS: dict[str, str] = {
    Level.URGENT: _("Urgent"),
    Level.IMPORTANT: _("Important"),
    Level.GENERAL: _("General"),
}
KINDS: dict[str, str] = {
    "complaint": _("Complaint"),
    "inquiry": _("Inquiry"),
    "suggestion": _("Suggestion"),
    "need": _("Need"),
    "repair": _("Repair"),
    "installation": _("Installation"),
    "return": _("Return or exchange"),
    "other": _("Other"),
}
TOPICS: dict[str, str] = {
    "product": _("Product quality"),
    "process": _("Service process"),
    "technical": _("Technical question"),
    "attitude": _("Staff attitude"),
    "need": _("Need or suggestion"),
    "other": _("Something else"),
}
CHANNELS: dict[str, str] = {
    "phone": _("Phone"),
    "email": _("Email"),
    "sms": _("SMS"),
    "visit": _("Follow-up visit"),
    "questionnaire": _("Online questionnaire"),
    "website": _("Website"),
    "chat": _("Web chat"),
    "wecom": _("WeCom"),
    "dingtalk": _("DingTalk"),
    "feishu": _("Feishu"),
    "device": _("Device's own report"),
    "app": _("App"),
    "social": _("Social media"),
    "platform": _("Third-party platform"),
    "store": _("Store"),
    "other": _("Other way"),
}
UNPROVEN = frozenset({"website", "chat"})
"""Channels by which anybody can give anybody's phone number or mail address."""
EMOTIONS: dict[str, str] = {
    "satisfied": _("Satisfied"),
    "neutral": _("Calm"),
    "dissatisfied": _("Dissatisfied"),
    "angry": _("Angry"),
}
SEVERITIES: dict[str, str] = {
    "down": _("The customer's business is down"),
    "function": _("A function does not work"),
    "limited": _("Works with limits"),
    "question": _("A question of use"),
}
REACHES: dict[str, str] = {
    "one": _("One person or device"),
    "some": _("Several people or devices"),
    "many": _("Many customers"),
}
TIERS: dict[str, str] = {
    "vip": _("VIP customer"),
    "regular": _("Regular customer"),
    "potential": _("Potential or unknown customer"),
}
VERDICTS: dict[str, str] = {
    "satisfied": _("Satisfied with the result"),
    "mostly": _("Mostly satisfied"),
    "not": _("Not satisfied"),
}
CONFIRM_WAYS: dict[str, str] = {
    "phone": _("By phone"),
    "link": _("By the customer's link"),
    "sms": _("By SMS reply"),
    "email": _("By email"),
    "signed": _("Signed scan"),
    "counter": _("In person"),
}
IN_WRITING = frozenset({"link", "sms", "email", "signed"})
CANCEL_WHYS: dict[str, str] = {
    "withdrawn": _("Withdrawn by the customer"),
    "duplicate": _("The same as another case"),
    "mistaken": _("Recorded by mistake"),
    "spam": _("Not a customer's message"),
}
REVISIT_OUTCOMES: dict[str, str] = {
    "confirmed": _("The customer is content"),
    "unsettled": _("The problem is not settled"),
    "unreached": _("The customer could not be reached"),
}
