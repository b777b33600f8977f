"""The place of a text that fits a search, in one line."""

from __future__ import annotations

import re

from huiyin.knowledge.rules.words import tokens

LENGTH = 120
BEFORE = 30
_MARKS = re.compile(r"[#*_`>|\[\]!]+|^\s*[-+]\s+|\(https?://[^)]*\)", re.MULTILINE)


def plain_text(text: str) -> str:
    """The text line by line without the marks of Markdown."""
    return "\n".join(line.strip() for line in _MARKS.sub("", text).splitlines() if line.strip())


def snippet(text: str, words: str) -> str:
    """Up to :data:`LENGTH` characters around the first word that occurs, without the marks of Markdown."""
    plain = " ".join(_MARKS.sub("", text).split())
    low = plain.lower()
    places = (low.find(token.text) for token in tokens(words))
    first = min((place for place in places if place >= 0), default=0)
    begin = max(first - BEFORE, 0)
    part = plain[begin : begin + LENGTH]
    return f"{'…' if begin else ''}{part}{'…' if begin + LENGTH < len(plain) else ''}"
