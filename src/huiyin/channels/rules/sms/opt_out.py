"""Whether a customer's answer asks for no more SMS."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

SHORT = 12
_NOISE = re.compile(r"[\W_]+")
_NO = "不没别勿未"


def asks_to_stop(text: str, words: Sequence[str]) -> bool:
    """Latin words (``T``, ``TD``) count only when they are the whole answer, whatever their case and punctuation;
    Chinese ones (``退订``) also inside a short answer, unless a “not” stands before them.
    """
    said = _bare(text)
    return bool(said) and any(_meant(said, _bare(word)) for word in words)


def _meant(said: str, word: str) -> bool:
    if not word or said == word:
        return bool(word)
    if word.isascii() or len(said) > SHORT or word not in said:
        return False
    before = said[: said.index(word)]
    return not any(no in before for no in _NO)


def _bare(text: str) -> str:
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).upper()
