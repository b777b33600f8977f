"""What a text sounds like, by words with their negation, in Chinese and English: a suggestion that shows its words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LONGEST = 4_000


def _words(text: str) -> list[str]:
    return text.split()


ANGRY = _words(
    """
    气死 愤怒 气愤 恼火 火大 骗子 骗人 欺骗 欺诈 坑人 坑爹 无耻 垃圾 忍无可忍 过分 曝光 起诉 告你们
    律师 12315 12345 黑心 恶劣 欺负 强烈不满 强烈谴责 讨说法 给个说法 混蛋 王八 流氓 霸王
    维权 消协 法院 媒体 受够 太离谱 岂有此理
    furious angry outraged outrageous scam fraud cheated lawyer sue disgusting unacceptable ridiculous liars
    """
)
DISSATISFIED = _words(
    """
    不满 不满意 失望 差劲 太差 很差 糟糕 难用 拖延 推诿 不负责 敷衍 不耐烦 无语 生气 不合理 推卸
    态度差 没人管 没有人管 投诉 心寒 后悔 伤心 再也不买 不处理 不理睬 踢皮球 迟迟 一拖再拖
    disappointed unhappy dissatisfied terrible awful poor rude annoyed frustrated useless worst complaint
    """
)
SATISFIED = _words(
    """
    满意 很好 不错 专业 耐心 点赞 表扬 好评 放心 贴心 周到 高兴 开心
    satisfied happy great excellent good helpful perfect pleased
    """
)
_NOT_BEFORE = re.compile(
    r"(?:并不是|不是|没有|谈不上|不怎么|不太|不够|不算|并非|不会|不用|不必|不想|不|没|未|别)[很太那么特别十分]{0,2}$"
)
_NOT_ENGLISH = re.compile(r"\b(?:not|never|no|isn't|wasn't|aren't|don't|didn't|cannot|can't)\s+(?:\w+\s+)?$")
SHOWN = 5


@dataclass(frozen=True)
class Felt:
    """The emotion a text suggests ("" when its words say nothing), and the words that say so."""

    emotion: str = ""
    words: tuple[str, ...] = ()


def felt(text: str) -> Felt:
    """Angry words lead, then dissatisfied ones (a denied good word is one), then good ones."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).lower().replace("’", "'")
    angry, _calm = _found(plain, _ANGRY)
    bad, _fine = _found(plain, _DISSATISFIED)
    good, denied = _found(plain, _SATISFIED)
    if angry:
        return Felt("angry", _shown([*angry, *bad]))
    if bad or denied:
        return Felt("dissatisfied", _shown([*bad, *denied]))
    return Felt("satisfied", _shown(good)) if good else Felt()


def _shown(words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))[:SHOWN]


def _pattern(words: list[str]) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(
        "|".join(rf"\b{word}\b" if word.isascii() and word.isalpha() else re.escape(word) for word in ordered)
    )


_ANGRY, _DISSATISFIED, _SATISFIED = _pattern(ANGRY), _pattern(DISSATISFIED), _pattern(SATISFIED)


def _found(text: str, words: re.Pattern[str]) -> tuple[list[str], list[str]]:
    """The words as they stand, and those that are denied, with their denial."""
    stand, denied = [], []
    for each in words.finditer(text):
        before = text[max(each.start() - 20, 0) : each.start()]
        no = _NOT_BEFORE.search(before) or _NOT_ENGLISH.search(before)
        if no:
            denied.append(f"{no.group()}{each.group()}")
        else:
            stand.append(each.group())
    return stand, denied
