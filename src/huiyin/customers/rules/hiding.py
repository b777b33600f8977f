"""Masks a customer's own numbers where somebody wrote them into a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from huiyin.customers.rules.masking import mask_email, mask_phone, mask_wechat

GAPS = re.compile(r"[\s\-]+")
BETWEEN = r"[\s\-]*"  # people write 138 0013 8000 and 138-0013-8000
SHORTEST = 5  # a shorter name or number would hide innocent words


@dataclass(frozen=True)
class Hiding:
    """The phone, mail and WeChat values of a customer's contacts, as they are kept."""

    known: tuple[tuple[str, str, str], ...]

    def hide(self, text: str) -> str:
        """The text with each of them masked."""
        for phone, email, wechat in self.known:
            digits = phone.removeprefix("+86").lstrip("+")
            text = _masked(text, digits, mask_phone(phone), BETWEEN)
            text = _masked(text, email, mask_email(email))
            text = _masked(text, wechat, mask_wechat(wechat))
        return text


def _masked(text: str, value: str, mask: str, between: str = "") -> str:
    if len(value) < SHORTEST or _packed(value) not in _packed(text):  # no pattern is built for what is not there
        return text
    return mask.join(re.split(between.join(map(re.escape, value)), text, flags=re.IGNORECASE))


def _packed(text: str) -> str:
    return GAPS.sub("", text).lower()
