"""Finds the case a message belongs to: the number in its subject or text, as [GD20260928-0001]."""

from __future__ import annotations

import re

NUMBER = re.compile(r"GD\d{8}-\d{4,}", re.IGNORECASE)
BRACKETED = re.compile(r"[\[【(（]\s*(GD\d{8}-\d{4,})\s*[\]】)）]", re.IGNORECASE)


def case_number_in(subject: str, text: str = "") -> str | None:
    """The first case number in the subject, else the first bracketed one in the text."""
    found = NUMBER.search(subject)
    if found:
        return found.group(0).upper()
    quoted = BRACKETED.search(text)
    return quoted.group(1).upper() if quoted else None


def subject_of(number: str, title: str) -> str:
    """The subject of a message about a case, which an answer brings back."""
    return f"[{number}] {title}"


def title_of(text: str, length: int = 40) -> str:
    """The first line of a text as a short title."""
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return first if len(first) <= length else first[: length - 1] + "…"
