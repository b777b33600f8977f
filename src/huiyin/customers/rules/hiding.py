"""Masks a customer's own numbers where somebody wrote them into a text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from huiyin.customers.rules.masking import mask_email, mask_phone, mask_wechat

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
            for value, pattern, mask in (
                (digits, BETWEEN.join(map(re.escape, digits)), mask_phone(phone)),
                (email, re.escape(email), mask_email(email)),
                (wechat, re.escape(wechat), mask_wechat(wechat)),
            ):
                if len(value) >= SHORTEST:
                    text = mask.join(re.split(pattern, text, flags=re.IGNORECASE))
        return text
