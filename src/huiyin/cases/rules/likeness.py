"""How alike two texts are, and marks by which alike ones find each other in an index without reading all of them.

A text is taken as the set of its pairs of Chinese characters and its Latin words, without what everybody writes.
Likeness is the cosine of two sets (shared pairs over the root of both sizes), from 0 to 100. Marks are MinHash
bands: texts that are half alike share one of the bands of the whole text nearly always, others hardly ever.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections.abc import Iterable
from math import sqrt

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.uint64]
LONGEST = 2_000  # what a customer means stands in the beginning
FEWEST = 4  # a set of fewer pairs says nothing
WHOLE_BANDS, WHOLE_ROWS = 16, 3
TITLE_BANDS, TITLE_ROWS = 10, 3
TITLE_PAIRS = 3


def _words(text: str) -> list[str]:
    return text.split()


_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_RUNS = re.compile(rf"[{_HAN}]+|[a-z0-9]+")
# what stands in every complaint and tells none apart
COMMON = frozenset(
    _words(
        """
    你好 您好 尊敬 敬的 领导 我们 我是 是我 我的 的我 他们 你们 请问 问一 一下 希望 望能 能够 问题
    没有 有没 一个 这个 那个 什么 怎么 可以 不能 不是 就是 还是 但是 因为 所以 如果 已经 现在 一直
    进行 情况 反映 解决 处理 投诉 谢谢 感谢 麻烦 帮忙 相关 有关 部门 客服 电话 公司 产品 购买 买的
    使用 用了 时候 今天 昨天 明天 多次 几次 非常 这样 那么 而且 以及 或者 其他 然后 之后 以后 之前
    以前
    the and for not
    """
    )
)


def pairs(text: str) -> frozenset[str]:
    """The pairs of characters and the words of a text that may tell it apart."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).lower()
    return frozenset(_shingles(_RUNS.findall(plain), 2)) - COMMON


def _shingles(runs: Iterable[str], size: int) -> Iterable[str]:
    for run in runs:
        if run[0] < "\u3400":
            yield run
        else:
            yield from (run[n : n + size] for n in range(max(len(run) - size + 1, 1)))


def likeness(one: frozenset[str], other: frozenset[str]) -> int:
    """From 0 (nothing shared, or too little said) to 100 (the same)."""
    if min(len(one), len(other)) < FEWEST:
        return 0
    return round(100 * len(one & other) / sqrt(len(one) * len(other)))


def marks(title: str, text: str) -> list[int]:
    """Marks of a case for the index: bands of the whole text and of its title; few for very short texts."""
    plain = unicodedata.normalize("NFKC", title).lower()
    of_title = frozenset(_shingles(_RUNS.findall(plain), TITLE_PAIRS)) - COMMON
    whole = _bands(pairs(f"{title}\n{text}"), WHOLE_BANDS, WHOLE_ROWS, 0)
    return [*whole, *_bands(of_title, TITLE_BANDS, TITLE_ROWS, WHOLE_BANDS)]


_ODD = np.random.default_rng(20_260_701).integers(1, 2**63, size=(2, 96), dtype=np.uint64) | np.uint64(1)
"""Multipliers and summands of the hash functions; never to be changed, or marks that are kept fit no new ones."""


def _bands(shingles: frozenset[str], bands: int, rows: int, first: int) -> list[int]:
    if len(shingles) < FEWEST:
        return []
    hashes = np.array([zlib.crc32(each.encode()) for each in shingles], dtype=np.uint64)
    least = _least(hashes, first, bands * rows).reshape(bands, rows)
    return [_mark(first + band, least[band].tobytes()) for band in range(bands)]


def _least(hashes: Numbers, first: int, count: int) -> Numbers:
    """The least value of each of ``count`` hash functions over the shingles."""
    times, plus = _ODD[0, first : first + count], _ODD[1, first : first + count]
    least: Numbers = ((hashes[:, None] * times + plus) >> np.uint64(32)).min(axis=0)
    return least


def _mark(band: int, rows: bytes) -> int:
    """A signed number of 32 bits, as the database keeps it."""
    return zlib.crc32(rows, band) - 2**31
