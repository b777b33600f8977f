"""Names in the order of the Chinese alphabet, and addresses in a form that can be compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pypinyin import lazy_pinyin

SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "任": "ren", "查": "zha", "区": "ou", "朴": "piao",
    "盖": "ge", "翟": "zhai", "缪": "miao", "覃": "qin", "员": "yun", "乐": "yue", "种": "chong", "秘": "bi",
    "冼": "xian", "华": "hua", "尹": "yin", "阚": "kan", "令": "ling", "折": "she", "万": "wan", "尉": "wei",
}  # fmt: skip
LONGEST = 200
_RUN = re.compile("[\\u3400-\\u9fff]+|[^\\u3400-\\u9fff]+")


@lru_cache(maxsize=50_000)
def sort_key(name: str, *, person: bool = True) -> str:
    """The name in pinyin, small letters, syllables apart; surnames that are read differently as surnames."""
    plain = unicodedata.normalize("NFKC", name).strip().lower()
    if plain.isascii():
        return plain[:LONGEST]
    syllables = [syllable for run in _RUN.findall(plain) for syllable in _syllables(run)]
    if person and plain[0] in SURNAMES and len(plain) <= 4:  # noqa: PLR2004 - longer ones are companies
        syllables[0] = SURNAMES[plain[0]]
    return " ".join(syllables)[:LONGEST]


@lru_cache(maxsize=50_000)
def _syllables(run: str) -> list[str]:
    """Chinese letters that follow each other, or what stands between them as one piece."""
    return lazy_pinyin(run)


def plain_address(*parts: str) -> str:
    """An address without spaces, punctuation and case; two writings of one place give the same."""
    joined = unicodedata.normalize("NFKC", "".join(parts)).lower()
    return re.sub(r"[\W_]+", "", joined)[:400]


def plain_name(name: str) -> str:
    """A name without spaces, punctuation and case."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name).lower())
