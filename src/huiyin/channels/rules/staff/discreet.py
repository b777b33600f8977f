"""What leaves the house in a notice: sentences without phone numbers, mail addresses, and numbers of papers."""

from __future__ import annotations

import re

_MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_DIGITS = re.compile(r"(?<![A-Za-z0-9-])\+?\d[\d \-()]{5,22}[\dXx](?![A-Za-z0-9])")
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}( \d{1,2})?|\d{1,2}-\d{1,2}")
LEAST = 7  # digits: the shortest phone number
HIDDEN = "****"


def discreet(text: str) -> str:
    """The text with personal numbers and addresses hidden; case and customer numbers (letters first) and dates stay."""
    return _DIGITS.sub(_number, _MAIL.sub(lambda found: f"{found[0][0]}{HIDDEN}", text))


def _number(found: re.Match[str]) -> str:
    digits = re.sub(r"\D", "", found[0])
    if len(digits) < LEAST or _DATE.fullmatch(found[0].strip()):
        return found[0]
    return f"{HIDDEN}{digits[-2:]}"
